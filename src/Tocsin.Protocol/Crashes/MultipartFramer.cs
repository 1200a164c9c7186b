using System.Buffers;
using System.Text;

namespace Tocsin.Protocol.Crashes;

/// <summary>
/// Finds the parts of a <c>multipart/form-data</c> body that arrives in pieces. Of each part it keeps as many bytes as it is told, so that a
/// dump of a hundred megabytes passes through a small memory. Not thread-safe; one framer reads one body.
/// </summary>
/// <param name="boundary">From the content type; see <see cref="FormType.Boundary"/>.</param>
/// <param name="keeps">How many bytes from its start to keep of the part with this name.</param>
public sealed class MultipartFramer(string boundary, Func<string, int> keeps)
{
    const int LongestHeader = 8 * 1024;
    const int MostParts = 1000;

    /// <summary>All parts together: names are the client's to choose.</summary>
    const int MostKept = 4 << 20;

    readonly byte[] delimiter = Encoding.UTF8.GetBytes("\r\n--" + boundary);
    readonly List<FormPart> parts = [];

    /// <summary>What was not used up of the pieces before. The first boundary stands at the start of a line as every other.</summary>
    byte[] rest = "\r\n"u8.ToArray();
    Expecting expecting = Expecting.Delimiter;

    /// <summary>Null: in front of the first boundary.</summary>
    FormPart? current;
    int kept;

    public IReadOnlyList<FormPart> Parts => parts;

    /// <summary>False: this is no such body.</summary>
    public bool Feed(ReadOnlySpan<byte> piece)
    {
        var joined = ArrayPool<byte>.Shared.Rent(rest.Length + piece.Length);
        rest.CopyTo(joined, 0);
        piece.CopyTo(joined.AsSpan(rest.Length));
        var bytes = joined.AsSpan(0, rest.Length + piece.Length);
        rest = bytes[Use(bytes)..].ToArray();
        ArrayPool<byte>.Shared.Return(joined);
        return expecting != Expecting.Nothing;
    }

    /// <summary>False: the last boundary has not come.</summary>
    public bool Finish() => expecting == Expecting.End;

    /// <summary>Returns how many bytes are done with.</summary>
    int Use(ReadOnlySpan<byte> bytes)
    {
        var used = 0;
        while (Step(bytes[used..]) is > 0 and var step)
        {
            used += step;
        }
        return used;
    }

    int Step(ReadOnlySpan<byte> bytes) =>
        expecting switch
        {
            Expecting.Delimiter => FindDelimiter(bytes),
            Expecting.LineEnd => EndLine(bytes),
            Expecting.Header => ReadHeader(bytes),
            _ => bytes.Length,
        };

    int FindDelimiter(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOf(delimiter);
        if (at < 0)
        {
            // The end may be the beginning of one.
            var sure = Math.Max(0, bytes.Length - delimiter.Length + 1);
            Keep(bytes[..sure]);
            return sure;
        }
        Keep(bytes[..at]);
        expecting = Expecting.LineEnd;
        return at + delimiter.Length;
    }

    /// <summary>Behind a boundary stand blanks and a line's end, or the two dashes of the last one.</summary>
    int EndLine(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2)
        {
            return 0;
        }
        if (bytes.StartsWith("--"u8))
        {
            expecting = Expecting.End;
            return 2;
        }
        var end = bytes.IndexOf("\r\n"u8);
        var blanks = end < 0 ? bytes[..^1] : bytes[..end];
        if (blanks.ContainsAnyExcept((byte)' ', (byte)'\t') || blanks.Length > LongestHeader)
        {
            return Refuse();
        }
        if (end < 0)
        {
            return 0;
        }
        expecting = Expecting.Header;
        return end + 2;
    }

    int ReadHeader(ReadOnlySpan<byte> bytes)
    {
        var isEmpty = bytes.StartsWith("\r\n"u8);
        var end = isEmpty ? 0 : bytes.IndexOf("\r\n\r\n"u8);
        if (parts.Count == MostParts || end > LongestHeader || (end < 0 && bytes.Length > LongestHeader))
        {
            return Refuse();
        }
        if (end < 0)
        {
            return 0;
        }
        current = FormPart.OfHeader(Encoding.UTF8.GetString(bytes[..end]));
        parts.Add(current);
        expecting = Expecting.Delimiter;
        return isEmpty ? 2 : end + 4;
    }

    void Keep(ReadOnlySpan<byte> bytes)
    {
        if (current is null || bytes.IsEmpty)
        {
            return;
        }
        var room = Math.Min(keeps(current.Name) - current.Start.Length, MostKept - kept);
        kept += current.Add(bytes, Math.Max(0, room));
    }

    int Refuse()
    {
        expecting = Expecting.Nothing;
        return 0;
    }

    enum Expecting
    {
        Delimiter,
        LineEnd,
        Header,

        /// <summary>What follows the last boundary says nothing.</summary>
        End,

        /// <summary>Refused.</summary>
        Nothing,
    }
}
