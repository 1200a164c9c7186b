using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Envelopes;

/// <summary>
/// Reads the header lines of an envelope. Lenient in what it does not need: unknown attributes, wrong types, bytes that are no
/// UTF-8. Strict where leniency would make two readers see two envelopes: the JSON itself, and attributes given twice.
/// </summary>
static class HeaderLine
{
    public static bool TryReadEnvelope(ReadOnlySpan<byte> line, [NotNullWhen(true)] out EnvelopeHeader? header) =>
        TryRead(line, EnvelopeHeaderLine.Read, out header);

    public static bool TryReadItem(ReadOnlySpan<byte> line, [NotNullWhen(true)] out ItemHeader? header) =>
        TryRead(line, ItemHeaderLine.Read, out header);

    delegate T? Reading<T>(ReadOnlySpan<byte> json)
        where T : class;

    static bool TryRead<T>(ReadOnlySpan<byte> line, Reading<T> reading, [NotNullWhen(true)] out T? header)
        where T : class
    {
        var json = JsonRepair.Decode(line);
        try
        {
            header = IsObject(json) ? reading(json) : null;
        }
        catch (JsonException)
        {
            // The framework's reader has no other way to say that the JSON is broken.
            header = null;
        }
        return header is not null;
    }

    /// <summary>White space inside the JSON is allowed, around it not.</summary>
    static bool IsObject(ReadOnlySpan<byte> line) => line is [(byte)'{', .., (byte)'}'];
}
