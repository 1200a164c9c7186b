using Tocsin.Server.Traces.Groups;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>
/// A query, and then for each of its rows another: the same query at least so many times in a row (usually five) behind a query that is
/// not it, one after the other, together no shorter than so long (usually 50 ms). Loops that ask two or three things in each turn are found too.
/// </summary>
static class NPlusOneQueries
{
    const int LongestTurn = 3;

    public static IEnumerable<Problem> Find(SegmentSpans segment, DetectorOptions options)
    {
        var queries = segment.Spans.Where(IsQuery).ToList();
        var places = new Places(segment);
        for (var at = 1; at < queries.Count; )
        {
            var found = Enumerable
                .Range(1, LongestTurn)
                .Select(turn => (Turn: turn, Length: LengthOf(queries, at, turn, places)))
                .MaxBy(run => run.Length);
            if (ProblemOf(queries, at, found.Turn, found.Length, options) is { } problem)
            {
                yield return problem;
                at += found.Length;
            }
            else
            {
                // A loop that begins within this one has this one's query before it and among its own, which is none.
                at += Math.Max(1, found.Length - found.Turn);
            }
        }
    }

    static Problem? ProblemOf(List<SpanRow> queries, int at, int turn, int length, DetectorOptions options)
    {
        var source = queries[at - 1];
        var offenders = queries.GetRange(at, length);
        if (
            length / turn < options.RepeatedQueries
            || offenders.Sum(span => span.Duration) < options.RepeatedQueriesTime
            || offenders.Any(span => span.Group == source.Group)
            || SegmentSpans.EndOf(source) > offenders[0].Timestamp
        )
        {
            return null;
        }
        var groups = offenders.Take(turn).Select(span => span.Group).Distinct().Order();
        return new(
            ProblemKind.NPlusOneQueries,
            $"{source.Group:x16} {string.Join(' ', groups.Select(group => group.ToString("x16")))}",
            offenders[0].GroupName ?? "",
            offenders
        )
        {
            Causes = [source],
            Measures =
            [
                Thresholds.RepeatedQueries.Measure(length / turn, options),
                Thresholds.RepeatedQueriesTime.Measure(offenders.Sum(span => span.Duration) / 1e3, options),
            ],
            Savings = offenders.Sum(span => span.Duration) - offenders.Max(span => span.Duration),
        };
    }

    /// <summary>How many queries from here on repeat the first turn, whole turns only.</summary>
    static int LengthOf(List<SpanRow> queries, int at, int turn, Places places)
    {
        if (at + turn > queries.Count || (turn > 1 && IsSame(queries, at, turn)))
        {
            return 0;
        }
        var length = 1;
        while (
            at + length < queries.Count
            && queries[at + length].Timestamp >= SegmentSpans.EndOf(queries[at + length - 1])
            && (length < turn || queries[at + length].Group == queries[at + length - turn].Group)
            && places.AreOne(queries[at + length], queries[at])
        )
        {
            length++;
        }
        return length / turn * turn;
    }

    static bool IsSame(List<SpanRow> queries, int at, int turn)
    {
        for (var i = 1; i < turn; i++)
        {
            if (queries[at + i].Group != queries[at].Group)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Reading only; what is written one by one is another matter, and a text that was cut may hide how it differs.</summary>
    static bool IsQuery(SpanRow span) =>
        span is { Category: SpanCategory.Db, Group: not 0, Action: { } action }
        && (action is "SELECT" or "WITH" || action.StartsWith("find", StringComparison.Ordinal) || action is "aggregate")
        && span.Description is { } text
        && !text.EndsWith("...", StringComparison.Ordinal);
}
