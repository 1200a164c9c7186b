using System.Globalization;
using System.Text;
using Tocsin.Protocol.Events;

namespace Tocsin.Protocol.Crashes;

/// <summary>The form in which Breakpad, Crashpad and Electron upload a dump, with what the client says of the event beside it.</summary>
public static class MinidumpForm
{
    public const string Dump = "upload_file_minidump";

    /// <summary>An event in MessagePack.</summary>
    const string Packed = "__sentry-event";

    /// <summary>
    /// An event in JSON: alone, in numbered pieces (<c>sentry__1</c>), or with a field for each of its attributes (<c>sentry[release]</c>, of
    /// Electron <c>sentry___release</c>).
    /// </summary>
    const string Event = "sentry";
    const string Pieces = "sentry__";

    /// <summary>A block of zstd, which can only be decoded whole, and more.</summary>
    public const int StartOfDump = 160 * 1024;
    const int LargestEvent = 1 << 20;

    /// <summary>For <see cref="MultipartFramer"/>.</summary>
    public static int Keeps(string name) =>
        name == Dump ? StartOfDump
        : name == Packed || name.StartsWith(Event, StringComparison.Ordinal) ? LargestEvent
        : 0;

    /// <summary>Null: the form has no dump.</summary>
    public static FormPart? FindDump(IReadOnlyList<FormPart> parts) => parts.FirstOrDefault(part => part.Name == Dump);

    /// <summary>The id by which the client knows the event; null: it names none.</summary>
    public static EventId? FindId(IReadOnlyList<FormPart> parts) =>
        OfPacked(parts) ?? OfJson(parts) ?? OfField(parts, "sentry[event_id]") ?? OfField(parts, "sentry___event_id");

    static EventId? OfPacked(IReadOnlyList<FormPart> parts) =>
        Find(parts, Packed) is { } packed ? PackedEvent.ReadId(packed.Start) : null;

    static EventId? OfJson(IReadOnlyList<FormPart> parts)
    {
        var json = Find(parts, Event) is { } whole ? whole.Start : Join(parts);
        return EventReader.TryScan(json, out var scan, out _) && scan.Id is { IsNil: false } id ? id : null;
    }

    static EventId? OfField(IReadOnlyList<FormPart> parts, string name) =>
        Find(parts, name) is { Length: <= 64 } field
        && EventId.TryParse(Encoding.Latin1.GetString(field.Start).Trim(), out var id)
        && !id.IsNil
            ? id
            : null;

    static byte[] Join(IReadOnlyList<FormPart> parts) =>
        [
            .. from part in parts
            let number = PieceNumber(part.Name)
            where number is not null
            orderby number
            from letter in part.Start.ToArray()
            select letter,
        ];

    static int? PieceNumber(string name) =>
        name.StartsWith(Pieces, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(Pieces.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    static FormPart? Find(IReadOnlyList<FormPart> parts, string name) => parts.FirstOrDefault(part => part.Name == name);
}
