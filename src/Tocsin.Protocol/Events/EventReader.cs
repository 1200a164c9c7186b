using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Tocsin.Protocol.Events.Reading;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events;

/// <summary>
/// Reads an event as clients of fifteen years write it. Only a text that is no JSON object is refused; a field of the wrong
/// shape is set aside in <see cref="ErrorEvent.Notes"/>. It maps types, aliases and shapes; it trims and derives nothing.
/// </summary>
public static class EventReader
{
    /// <param name="json">UTF-8; what is none becomes U+FFFD.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> json,
        [NotNullWhen(true)] out ErrorEvent? read,
        [NotNullWhen(false)] out Refusal? refusal
    ) => TryRead(json, ReadEvent, out read, out refusal);

    /// <summary>
    /// Whether this is a JSON object, and the two attributes that decide what becomes of it, without reading the rest.
    /// Allocates nothing for good JSON.
    /// </summary>
    public static bool TryScan(ReadOnlySpan<byte> json, out EventScan scan, [NotNullWhen(false)] out Refusal? refusal) =>
        TryRead(json, EventScan.Read, out scan, out refusal);

    delegate T Reading<T>(ReadOnlySpan<byte> json);

    /// <summary>Mending costs a copy, so it is tried only when the text as it is cannot be read.</summary>
    static bool TryRead<T>(ReadOnlySpan<byte> json, Reading<T> reading, [MaybeNullWhen(false)] out T read, out Refusal? refusal)
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

    static Refusal? Try<T>(ReadOnlySpan<byte> json, Reading<T> reading, out T? read)
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

    static ErrorEvent ReadEvent(ReadOnlySpan<byte> json)
    {
        var notes = new FieldNotes();
        var cursor = new JsonCursor(json, notes, stackalloc char[128]);
        var read = EventFields.Read(ref cursor, notes);
        cursor.Finish();
        return read;
    }
}
