using System.Globalization;
using System.Text.RegularExpressions;
using Server.Tests.Errors;
using Tocsin.Protocol.Traces;
using Tocsin.Server.Traces.Detectors;
using Tocsin.Server.Traces.Normalise;

namespace Server.Tests.Traces.Detectors;

/// <summary>
/// The spans of a segment as a text, one to a line, children indented by two: when it begins (ms; <c>+5</c>: so long after the end of the one before
/// it on its level), how long it takes, op, description, then attributes in braces. <c>x8</c> in front repeats the line, each after the other;
/// <c>|8</c> all at once. <c>#</c> in a description is another number each time. The first line is the segment.
/// </summary>
static partial class SpanShape
{
    public static IReadOnlyList<Problem> Problems(string text, DetectorOptions? options = null) =>
        [
            .. SegmentSpans
                .Of(Rows(text))
                .SelectMany(segment => Tocsin.Server.Traces.Detectors.Problems.Find(segment, options ?? DetectorOptions.Default)),
        ];

    /// <summary>The segment first.</summary>
    public static List<Tocsin.Telemetry.Rows.SpanRow> Rows(string text)
    {
        var context = SomeErrors.Context("transaction");
        var rows = new SpanRows(context, 0);
        var spans = Spans(text).ToList();
        var segment = SpanFacts.Of(spans[0]);
        var around = Surroundings.Unknown with { Transaction = spans[0].Name, TransactionOp = spans[0].Op, Platform = "python" };
        return
        [
            .. spans.Select((span, i) => rows.Of(span, i == 0 ? segment : SpanFacts.Of(span), around, span.End - span.Start)),
        ];
    }

    static IEnumerable<Span> Spans(string text)
    {
        var open = new List<long>();
        var ends = new Dictionary<int, double>();
        var (id, number) = (0L, 0);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var match = Line.Match(line.TrimEnd());
            match.Success.ShouldBeTrue(line);
            var depth = match.Groups["indent"].Length / 2;
            var times = match.Groups["times"] is { Success: true, Value: var counted }
                ? int.Parse(counted[1..], CultureInfo.InvariantCulture)
                : 1;
            var together = match.Groups["times"].Value.StartsWith('|');
            var length = double.Parse(match.Groups["length"].Value, CultureInfo.InvariantCulture);
            var from = 0.0;
            for (var i = 0; i < times; i++)
            {
                if (i == 0 || !together)
                {
                    var stated = i == 0 ? match.Groups["from"].Value : "+0.1";
                    var value = double.Parse(stated.TrimStart('+'), CultureInfo.InvariantCulture);
                    from = stated.StartsWith('+') ? ends.GetValueOrDefault(depth) + value : value;
                }
                ends[depth] = from + length;
                open.RemoveRange(Math.Min(depth, open.Count), open.Count - Math.Min(depth, open.Count));
                number++;
                var span = new Span
                {
                    TraceId = 77,
                    SpanId = ++id,
                    ParentSpanId = depth == 0 ? null : open[^1],
                    SegmentId = 1,
                    IsSegment = depth == 0,
                    Start = 1_795_199_000_000_000 + (long)(from * 1000),
                    End = 1_795_199_000_000_000 + (long)((from + length) * 1000),
                    Op = match.Groups["op"].Value,
                    Name = match
                        .Groups["name"]
                        .Value.Replace("#", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal),
                    Attributes = [.. Attributes(match.Groups["attributes"].Value)],
                };
                open.Add(id);
                yield return span;
            }
        }
    }

    static IEnumerable<KeyedValue> Attributes(string text) =>
        from pair in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        let parts = pair.Split('=', 2)
        select new KeyedValue(
            parts[0],
            double.TryParse(parts[1], CultureInfo.InvariantCulture, out var number) ? AttributeValue.Of(number)
                : parts[1] is "true" or "false" ? AttributeValue.Of(parts[1] == "true")
                : AttributeValue.Of(parts[1])
        );

    [GeneratedRegex(
        @"^(?<indent>(  )*)((?<times>[x|]\d+) )?(?<from>\+?[\d.]+) (?<length>[\d.]+) (?<op>\S+) ?(?<name>.*?)(\s*\{(?<attributes>[^{}""]*)\})?$"
    )]
    static partial Regex Line { get; }
}
