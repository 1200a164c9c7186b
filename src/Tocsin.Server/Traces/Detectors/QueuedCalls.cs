using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>
/// Calls of a page that wait for a connection: over HTTP/1.1 a browser opens six to a host, and the next call stands in line. At least one waits
/// long, usually half a second, while five others are under way; one of the six may be held by what tells of no span, as a stream of events.
/// </summary>
static class QueuedCalls
{
    public static IEnumerable<Problem> Find(SegmentSpans segment, DetectorOptions options)
    {
        foreach (var host in segment.Spans.Where(IsCall).GroupBy(HostOf).Where(calls => calls.Count() > options.CallsUnderWay))
        {
            // Reading attributes costs; most pages end above.
            var calls = host.Where(IsFirstVersion).ToList();
            var waiting = calls
                .Select(span => (Span: span, Wait: WaitOf(span)))
                .Where(one => one.Wait >= options.CallWaits && IsInLine(one.Span, one.Wait, calls, options.CallsUnderWay))
                .ToList();
            if (waiting.Count > 0)
            {
                yield return new(
                    ProblemKind.QueuedCalls,
                    $"{waiting[0].Span.Transaction} {host.Key}",
                    host.Key.Length > 0 ? host.Key : waiting[0].Span.GroupName ?? "",
                    [.. waiting.Select(one => one.Span)]
                )
                {
                    Savings = waiting.Max(one => one.Wait),
                    Measures = [Thresholds.CallWaits.Measure(waiting.Max(one => one.Wait) / 1e3, options)],
                };
            }
        }
    }

    static bool IsCall(SpanRow span) => span is { Op: "http.client", Group: not 0 };

    /// <summary>Empty for addresses of the page's own host that are written without it.</summary>
    static string HostOf(SpanRow span)
    {
        var address = Calls.AddressOf(span) ?? "";
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return "";
        }
        var host = address.AsSpan(scheme + 3);
        var end = host.IndexOfAny('/', '?', '#');
        return (end < 0 ? host : host[..end]).ToString();
    }

    /// <summary>Later versions send all calls over one connection.</summary>
    static bool IsFirstVersion(SpanRow span) =>
        SegmentSpans.Text(span, "network.protocol.version") is { } version
        && version.Replace("http/", "", StringComparison.OrdinalIgnoreCase) is "1" or "1.0" or "1.1";

    /// <summary>
    /// Microseconds from the call to its first byte on the wire, without finding the host and greeting it. The browser's own moments are compared
    /// with each other where it tells both: the span's may have been moved with a wrong clock.
    /// </summary>
    static long WaitOf(SpanRow span)
    {
        var sent = SegmentSpans.Number(span, "http.request.request_start") ?? 0;
        if (sent <= 0)
        {
            return 0;
        }
        var called = SegmentSpans.Number(span, "http.request.fetch_start") ?? 0;
        var found = SegmentSpans.Number(span, "http.request.domain_lookup_start") ?? 0;
        var connected = SegmentSpans.Number(span, "http.request.connection_end") ?? 0;
        var greeting = found > 0 && connected > found ? connected - found : 0;
        var wait = sent - (called > 0 ? called : span.Timestamp / 1e6) - greeting;
        return Math.Min((long)(wait * 1e6), span.Duration);
    }

    /// <summary>Whether so many others are under way meanwhile; no more are looked for.</summary>
    static bool IsInLine(SpanRow span, long wait, List<SpanRow> calls, int others) =>
        calls
            .Where(other =>
                !ReferenceEquals(other, span)
                && other.Timestamp < span.Timestamp + wait
                && SegmentSpans.EndOf(other) > span.Timestamp
            )
            .Take(others)
            .Count() == others;
}
