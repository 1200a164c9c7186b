using System.Globalization;
using System.Text.RegularExpressions;
using Tocsin.Protocol.Events;

namespace Tocsin.Protocol.Otlp.Exceptions;

/// <summary>
/// Newest frame first. An inner exception stands inside the outer: its name behind an arrow, its frames before a line that ends it, and the
/// outer's behind that.
/// </summary>
static partial class DotNetTrace
{
    const string Arrow = "---> ";

    public static IReadOnlyList<TracedException> Read(IEnumerable<string> lines)
    {
        var read = new List<TracedException> { new(null, null) };
        var open = new Stack<TracedException>(read);
        foreach (var line in lines)
        {
            if (line.IndexOf(Arrow, StringComparison.Ordinal) is >= 0 and var arrow)
            {
                read.Add(TracedException.Parse(ErrorCode.Replace(line[(arrow + Arrow.Length)..], ":", 1)));
                open.Push(read[^1]);
            }
            else if (line.Contains("--- End of inner exception stack trace ---", StringComparison.Ordinal))
            {
                if (open.Count > 1)
                {
                    open.Pop();
                }
            }
            else if (FrameLine.Match(line) is { Success: true } match)
            {
                open.Peek().Add(FrameOf(match));
            }
        }
        read.ForEach(exception => exception.Frames.Reverse());
        return read;
    }

    static Frame FrameOf(Match match)
    {
        var method = match.Groups["method"].ValueSpan;
        // A constructor is called .ctor, which has a dot of its own.
        var dot = method.EndsWith("ctor") ? method.LastIndexOf("..") : method.LastIndexOf('.');
        return new()
        {
            Module = dot > 0 ? method[..dot].ToString() : null,
            Function = method[(dot + 1)..].ToString(),
            Filename = match.Groups["file"] is { Success: true } file ? Name(file.Value) : null,
            AbsPath = match.Groups["file"] is { Success: true } path ? path.Value : null,
            Line = match.Groups["line"] is { Success: true } line
                ? long.Parse(line.ValueSpan, CultureInfo.InvariantCulture)
                : null,
        };
    }

    /// <summary>Behind the type of exceptions that come from the operating system: <c> (0x80004005):</c>.</summary>
    [GeneratedRegex(@" \(0x[0-9A-Fa-f]{1,8}\):")]
    static partial Regex ErrorCode { get; }

    static string Name(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    [GeneratedRegex(@"^\s*at (?<method>[^\s(]+)\([^)]*\)(?: in (?<file>.+):line (?<line>\d{1,9}))?\s*$")]
    static partial Regex FrameLine { get; }
}
