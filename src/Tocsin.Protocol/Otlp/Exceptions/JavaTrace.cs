using System.Globalization;
using System.Text.RegularExpressions;

namespace Tocsin.Protocol.Otlp.Exceptions;

/// <summary>Newest frame first; causes follow under <c>Caused by:</c>. Suppressed exceptions are no causes and left out.</summary>
static partial class JavaTrace
{
    const string Cause = "Caused by: ";

    public static IReadOnlyList<TracedException> Read(IEnumerable<string> lines)
    {
        var read = new List<TracedException> { new(null, null) };
        var suppressed = false;
        foreach (var line in lines)
        {
            if (line.StartsWith(Cause, StringComparison.Ordinal))
            {
                read.Add(TracedException.Parse(line.AsSpan(Cause.Length)));
                suppressed = false;
            }
            else if (line.AsSpan().TrimStart().StartsWith("Suppressed: "))
            {
                suppressed = true;
            }
            else if (!suppressed && FrameLine.Match(line) is { Success: true } match)
            {
                read[^1]
                    .Add(
                        new()
                        {
                            Module = match.Groups["class"].Value,
                            Function = match.Groups["method"].Value,
                            Filename = match.Groups["file"] is { Success: true } file ? file.Value : null,
                            Line = match.Groups["line"] is { Success: true } number
                                ? long.Parse(number.ValueSpan, CultureInfo.InvariantCulture)
                                : null,
                        }
                    );
            }
        }
        read.ForEach(exception => exception.Frames.Reverse());
        return read;
    }

    /// <summary>In front of the class may stand loader and module: <c>app//</c>, <c>java.base/</c>.</summary>
    [GeneratedRegex(
        @"^\s*at (?:[^\s(]*/)?(?<class>[^\s()/]+)\.(?<method>[^\s().]+)\((?:(?<file>[^\s:()]+)(?::(?<line>\d{1,9}))?|[^)]*)\)"
    )]
    static partial Regex FrameLine { get; }
}
