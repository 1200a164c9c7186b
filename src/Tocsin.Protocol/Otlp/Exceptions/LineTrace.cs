using System.Globalization;
using System.Text.RegularExpressions;
using Tocsin.Protocol.Events;

namespace Tocsin.Protocol.Otlp.Exceptions;

/// <summary>Languages with one line for each frame, newest first, and one exception.</summary>
static partial class LineTrace
{
    public static IReadOnlyList<TracedException> ReadScript(IEnumerable<string> lines) => Read(lines, V8, Gecko);

    public static IReadOnlyList<TracedException> ReadRuby(IEnumerable<string> lines) => Read(lines, Ruby);

    public static IReadOnlyList<TracedException> ReadPhp(IEnumerable<string> lines) => Read(lines, Php);

    static IReadOnlyList<TracedException> Read(IEnumerable<string> lines, params ReadOnlySpan<Regex> forms)
    {
        var exception = new TracedException(null, null);
        foreach (var line in lines)
        {
            foreach (var form in forms)
            {
                if (form.Match(line) is { Success: true } match)
                {
                    exception.Add(FrameOf(match));
                    break;
                }
            }
        }
        exception.Frames.Reverse();
        return [exception];
    }

    static Frame FrameOf(Match match) =>
        new()
        {
            Function = Text(match.Groups["function"]),
            Filename = Text(match.Groups["file"]),
            AbsPath = Text(match.Groups["file"]),
            Line = Number(match.Groups["line"]),
            Column = Number(match.Groups["column"]),
        };

    static string? Text(Group group) => group is { Success: true, Length: > 0 } ? group.Value : null;

    static long? Number(Group group) => group.Success ? long.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : null;

    /// <summary>
    /// <c>at Cart.add (/srv/cart.js:13:24)</c>, <c>at async /srv/cart.js:13:24</c>, <c>at Array.map (&lt;anonymous&gt;)</c>; a folder may have
    /// brackets: <c>at Page (/srv/app/(shop)/page.js:1:2)</c>.
    /// </summary>
    [GeneratedRegex(
        @"^\s*at (?:async )?(?:(?<function>[^()]+) \((?:(?<file>(?!eval at ).+):(?<line>\d{1,9}):(?<column>\d{1,9})|(?<file><anonymous>|native))\)|(?<file>.+):(?<line>\d{1,9}):(?<column>\d{1,9})|(?<file><anonymous>|native))\s*$"
    )]
    static partial Regex V8 { get; }

    /// <summary><c>add@https://example.com/cart.js:13:24</c></summary>
    [GeneratedRegex(@"^(?<function>[^@\s]*)@(?<file>\S+):(?<line>\d{1,9}):(?<column>\d{1,9})$")]
    static partial Regex Gecko { get; }

    /// <summary><c>/srv/cart.rb:13:in 'Cart#add'</c>, before Ruby 3.4 with a backtick in front.</summary>
    [GeneratedRegex(@"^\s*(?:from )?(?<file>[^\s:][^:]*):(?<line>\d{1,9})(?::in [`'](?<function>.+)')?\s*$")]
    static partial Regex Ruby { get; }

    /// <summary><c>#0 /srv/cart.php(13): Cart-&gt;add(Object(Item))</c></summary>
    [GeneratedRegex(@"^#\d+ (?:(?<file>[^(]+)\((?<line>\d{1,9})\)|\[internal function\]): (?<function>[^(]+)")]
    static partial Regex Php { get; }
}
