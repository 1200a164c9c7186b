using Tocsin.Protocol;
using Tocsin.Protocol.Crashes;
using Tocsin.Server.Gateway.Bodies;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>
/// A crash uploader's body: a dump, or a form that holds one. Whether it is a dump, and the id by which the client knows the event, is found out
/// here: the client is told both, and the dump itself waits for its room.
/// </summary>
sealed class MinidumpReader : PlainReader
{
    static readonly Refusal Missing = new(400, "missing minidump", "missing_minidump_upload");
    static readonly Refusal Invalid = new(400, "invalid minidump", "invalid_minidump");

    static readonly BodyLimits OfStart = new(int.MaxValue, 1 << 20);

    readonly FormReader? form;
    readonly SliceReader? dump;

    /// <param name="contentType">Of a form it names the boundary; uploaders that send the dump alone name its type.</param>
    public MinidumpReader(string? contentType)
    {
        form = FormType.IsForm(contentType) ? new(contentType, MinidumpForm.Keeps) : null;
        dump = form is null ? new(0, MinidumpForm.StartOfDump) : null;
    }

    /// <summary>Null: the client names none.</summary>
    public EventId? Id => form is null ? null : MinidumpForm.FindId(form.Parts);

    public override Refusal? Take(ReadOnlySpan<byte> piece) => form?.Take(piece) ?? dump?.Take(piece);

    public override Refusal? Complete()
    {
        var refusal = form?.Complete();
        var start = dump is null
            ? MinidumpForm.FindDump(form!.Parts) is { } part
                ? part.Start
                : []
            : dump.Slice;
        return refusal ?? (start.IsEmpty ? Missing : Check(start));
    }

    /// <summary>Of what we have no decoder for, the container is believed.</summary>
    static Refusal? Check(ReadOnlySpan<byte> start)
    {
        var isDump =
            Minidump.IsGzip(start) ? IsDumpInside(ContentCoding.Gzip, start)
            : Minidump.IsZstd(start) ? IsDumpInside(ContentCoding.Zstd, start)
            : Minidump.IsDump(start) || Minidump.IsXz(start) || Minidump.IsBzip2(start) || Minidump.IsForm(start);
        return isDump ? null : Invalid;
    }

    static bool IsDumpInside(ContentCoding coding, ReadOnlySpan<byte> start)
    {
        var inside = new SliceReader(0, 4);
        using var inflation = new Inflation([coding], OfStart, inside);
        // Its end is missing, and may be broken: only the beginning is looked at.
        inflation.Push(start);
        return Minidump.IsDump(inside.Slice);
    }
}
