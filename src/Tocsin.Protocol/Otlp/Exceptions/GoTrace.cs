using System.Globalization;
using System.Text.RegularExpressions;
using Tocsin.Protocol.Events;

namespace Tocsin.Protocol.Otlp.Exceptions;

/// <summary>Two lines for each frame, newest first: the call, and below it, indented, the place. Only the first goroutine is of interest.</summary>
static partial class GoTrace
{
    public static IReadOnlyList<TracedException> Read(IEnumerable<string> lines)
    {
        var exception = new TracedException(null, null);
        var call = "";
        foreach (var line in lines)
        {
            if (line.Length == 0 && exception.Frames.Count > 0)
            {
                break;
            }
            if (Place.Match(line) is { Success: true } match && call.Length > 0)
            {
                exception.Add(FrameOf(call, match));
                call = "";
            }
            else
            {
                call = line;
            }
        }
        exception.Frames.Reverse();
        return [exception];
    }

    /// <summary><c>github.com/acme/shop.(*Cart).Add(0xc000)</c>, <c>created by main.main in goroutine 1</c></summary>
    static Frame FrameOf(string call, Match place)
    {
        const string created = "created by ";
        var name = call.StartsWith(created, StringComparison.Ordinal) ? call[created.Length..].Split(' ')[0] : call;
        if (name.EndsWith(')') && name.LastIndexOf('(') is > 0 and var arguments)
        {
            name = name[..arguments];
        }
        var dot = name.IndexOf('.', name.LastIndexOf('/') + 1);
        var path = place.Groups["file"].Value;
        return new()
        {
            Module = dot > 0 ? name[..dot] : null,
            Function = name[(dot + 1)..],
            Filename = path[(path.LastIndexOf('/') + 1)..],
            AbsPath = path,
            Line = long.Parse(place.Groups["line"].ValueSpan, CultureInfo.InvariantCulture),
        };
    }

    [GeneratedRegex(@"^\s+(?<file>\S+\.(?:go|s)):(?<line>\d{1,9})(?: \+0x[0-9a-f]+)?\s*$")]
    static partial Regex Place { get; }
}
