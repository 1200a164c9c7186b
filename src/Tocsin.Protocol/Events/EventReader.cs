using System.Diagnostics.CodeAnalysis;
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
    ) => ObjectText.TryRead(json, ReadEvent, out read, out refusal);

    /// <summary>
    /// Whether this is a JSON object, and the two attributes that decide what becomes of it, without reading the rest.
    /// Allocates nothing for good JSON.
    /// </summary>
    public static bool TryScan(ReadOnlySpan<byte> json, out EventScan scan, [NotNullWhen(false)] out Refusal? refusal) =>
        ObjectText.TryRead(json, EventScan.Read, out scan, out refusal);

    static ErrorEvent ReadEvent(ReadOnlySpan<byte> json)
    {
        var notes = new FieldNotes();
        var cursor = new JsonCursor(json, notes, stackalloc char[128]);
        var read = EventFields.Read(ref cursor, notes);
        cursor.Finish();
        return read;
    }
}
