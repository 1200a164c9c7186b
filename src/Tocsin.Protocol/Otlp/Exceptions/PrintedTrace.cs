namespace Tocsin.Protocol.Otlp.Exceptions;

/// <summary>
/// Stack traces as languages print them, which is how OpenTelemetry carries them. The platform tells the language; where it is unknown, the
/// first language that finds a frame.
/// </summary>
static class PrintedTrace
{
    /// <summary>Longer prints and lines are cut: they come from the network.</summary>
    const int Longest = 128 * 1024;
    const int LongestLine = 2_000;

    delegate IReadOnlyList<TracedException> Language(IEnumerable<string> lines);

    static readonly Language[] All =
    [
        PythonTrace.Read,
        JavaTrace.Read,
        DotNetTrace.Read,
        LineTrace.ReadScript,
        GoTrace.Read,
        LineTrace.ReadRuby,
        LineTrace.ReadPhp,
    ];

    /// <summary>The exception that was thrown first, its causes behind it; frames oldest first. Empty: no frame was recognised.</summary>
    public static IReadOnlyList<TracedException> Read(string text, string? platform)
    {
        var lines = Lines(ShortText.Of(text, Longest));
        foreach (var language in Of(platform) is { } known ? [known] : All)
        {
            var read = language(lines);
            if (read.Any(exception => exception.Frames.Count > 0))
            {
                return read;
            }
        }
        return [];
    }

    static Language? Of(string? platform) =>
        platform switch
        {
            "python" => PythonTrace.Read,
            "java" => JavaTrace.Read,
            "csharp" => DotNetTrace.Read,
            "node" or "javascript" => LineTrace.ReadScript,
            "go" => GoTrace.Read,
            "ruby" => LineTrace.ReadRuby,
            "php" => LineTrace.ReadPhp,
            _ => null,
        };

    static List<string> Lines(string text) =>
        [.. text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length <= LongestLine)];
}
