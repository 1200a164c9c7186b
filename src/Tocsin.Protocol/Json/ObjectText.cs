using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Tocsin.Protocol.Json;

/// <summary>Reads what a text that is one JSON object says.</summary>
delegate T ObjectReading<T>(ReadOnlySpan<byte> json);

/// <summary>A text that should be one JSON object, from a client that may write it carelessly.</summary>
static class ObjectText
{
    /// <summary>Mending costs a copy, so it is tried only when the text as it is cannot be read.</summary>
    public static bool TryRead<T>(
        ReadOnlySpan<byte> json,
        ObjectReading<T> reading,
        [MaybeNullWhen(false)] out T read,
        [NotNullWhen(false)] out Refusal? refusal
    )
    {
        json = JsonRepair.Decode(json).Trim(" \t\r\n\0"u8);
        read = default;
        refusal =
            json.IsEmpty ? Refusal.EmptyBody
            : json[0] != '{' ? Refusal.InvalidJson("expected an object")
            : Try(json, reading, out read);
        if (refusal is null || json.IsEmpty || json[0] != '{')
        {
            return refusal is null;
        }
        if (JsonRepair.TryMend(json) is { } mended)
        {
            refusal = Try(mended, reading, out read);
        }
        return refusal is null;
    }

    static Refusal? Try<T>(ReadOnlySpan<byte> json, ObjectReading<T> reading, out T? read)
    {
        try
        {
            read = reading(json);
            return null;
        }
        catch (JsonException broken)
        {
            read = default;
            return Refusal.InvalidJson(broken.Message);
        }
    }
}
