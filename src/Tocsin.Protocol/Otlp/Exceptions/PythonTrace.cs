using System.Globalization;
using System.Text.RegularExpressions;
using Tocsin.Protocol.Events;

namespace Tocsin.Protocol.Otlp.Exceptions;

/// <summary>
/// Each exception of a chain has a traceback of its own, causes first: a line for each frame, oldest first, with its source below, and at the
/// end the exception.
/// </summary>
static partial class PythonTrace
{
    public static IReadOnlyList<TracedException> Read(IEnumerable<string> lines)
    {
        var read = new List<TracedException>();
        var frames = new List<Frame>();
        foreach (var line in lines)
        {
            if (FrameLine.Match(line) is { Success: true } match)
            {
                frames.Add(
                    new()
                    {
                        Filename = match.Groups["file"].Value,
                        AbsPath = match.Groups["file"].Value,
                        Line = long.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture),
                        Function = match.Groups["function"] is { Success: true } function ? function.Value : null,
                    }
                );
            }
            else if (line.StartsWith("    ", StringComparison.Ordinal) && frames is [.., { ContextLine: null } last])
            {
                frames[^1] = last with { ContextLine = line.TrimStart() };
            }
            else if (frames.Count > 0 && line.Length > 0 && !char.IsWhiteSpace(line[0]))
            {
                read.Add(Close(TracedException.Parse(line), frames));
            }
        }
        if (frames.Count > 0)
        {
            read.Add(Close(new(null, null), frames));
        }
        read.Reverse();
        return read;
    }

    static TracedException Close(TracedException exception, List<Frame> frames)
    {
        frames.ForEach(exception.Add);
        frames.Clear();
        return exception;
    }

    [GeneratedRegex("""^\s*File "(?<file>[^"]+)", line (?<line>\d{1,9})(?:, in (?<function>.+))?$""")]
    static partial Regex FrameLine { get; }
}
