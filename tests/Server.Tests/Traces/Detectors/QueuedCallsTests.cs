using System.Globalization;

namespace Server.Tests.Traces.Detectors;

public sealed class QueuedCallsTests
{
    const string Type = "performance_http_overhead";

    /// <summary>Seconds since 1970 at which the segments of the shapes begin.</summary>
    const double Begin = 1_795_199_000;

    /// <summary>Calls that are all made at once; so many are sent at once, each of the others waits so many milliseconds longer.</summary>
    static string Calls(
        int count,
        int atOnce,
        double step,
        string address = "https://api.example/item/#",
        string version = "1.1"
    ) =>
        "0 9000 pageload /list\n"
        + string.Join(
            '\n',
            Enumerable.Range(0, count).Select(i => Call(10, Math.Max(0, i - atOnce + 1) * step, address, version))
        );

    /// <summary>One call waits so many milliseconds.</summary>
    public static string Queue(double wait) => Calls(7, 6, wait);

    static string Call(double from, double wait, string address, string version = "1.1", string more = "") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"  {from} {wait + 200} http.client GET {address} {{network.protocol.version={version};http.request.fetch_start={Moment(from)};http.request.request_start={Moment(from + wait)}{more}}}"
        );

    static string Moment(double milliseconds) => (Begin + (milliseconds / 1e3)).ToString("F4", CultureInfo.InvariantCulture);

    public static TheoryData<string, string, int> Queues =>
        new()
        {
            { "one too many", Calls(7, 6, 600), 1 },
            { "a list of twelve", Calls(12, 6, 500), 6 },
            { "a line that grows slowly", Calls(12, 6, 200), 4 },
            { "exactly half a second", Calls(7, 6, 500), 1 },
            { "old HTTP", Calls(8, 6, 600, version: "1.0"), 2 },
            { "the version with its name", Calls(8, 6, 600, version: "http/1.1"), 2 },
            { "addresses without a host", Calls(9, 6, 500, "/api/item/#"), 3 },
            { "a stream of events that holds the sixth", Calls(6, 5, 700), 1 },
            { "several addresses of one host", Calls(8, 6, 700, "https://api.example/#/x?y=#"), 2 },
            { "no moment of the call itself", Calls(8, 6, 700).Replace("fetch_start", "worker_start"), 2 },
            {
                "greetings that are shorter than the wait",
                Calls(6, 6, 0)
                    + "\n"
                    + Call(
                        10,
                        900,
                        "https://api.example/z",
                        more: $";http.request.domain_lookup_start={Moment(800)};http.request.connection_end={Moment(900)}"
                    ),
                1
            },
            { "two hosts of which one is busy", Calls(8, 6, 700) + "\n" + Call(10, 5, "https://other.example/a"), 2 },
        };

    [Theory]
    [MemberData(nameof(Queues))]
    public void Calls_that_stand_in_line_are_found(string what, string spans, int waiting)
    {
        var problem = SpanShape.Problems(spans).Where(problem => problem.Kind.Type == Type).ShouldHaveSingleItem(what);
        problem.Offenders.Count.ShouldBe(waiting, what);
        problem.Savings!.Value.ShouldBeGreaterThanOrEqualTo(499_000);
    }

    public static TheoryData<string, string> Others =>
        new()
        {
            { "six at once", Calls(6, 6, 0) },
            { "short waits", Calls(7, 6, 490) },
            { "HTTP/2", Calls(12, 6, 600, version: "2") },
            { "HTTP/3", Calls(12, 6, 600, version: "h3") },
            { "no version", Calls(12, 6, 600).Replace("network.protocol.version=1.1;", "") },
            { "no moment at which they were sent", Calls(12, 6, 600).Replace("request_start", "worker_start") },
            { "moments that the browser hides from us", Calls(6, 6, 0) + "\n" + Hidden(10) + "\n" + Hidden(11) },
            { "few that wait for something else", Calls(4, 1, 800) },
            { "each to a host of its own", Calls(12, 6, 600, "https://shard-#.example/x") },
            {
                "one after the other",
                "0 99000 pageload /\n"
                    + string.Join('\n', Enumerable.Range(0, 12).Select(i => Call(i * 900, 600, "https://api.example/a")))
            },
            {
                "a host that is slow to find and to greet",
                Calls(6, 6, 0)
                    + "\n"
                    + Call(
                        10,
                        900,
                        "https://api.example/z",
                        more: $";http.request.domain_lookup_start={Moment(20)};http.request.connection_end={Moment(900)}"
                    )
            },
            { "pictures", Calls(12, 6, 600).Replace("http.client", "resource.img") },
        };

    [Theory]
    [MemberData(nameof(Others))]
    public void Other_calls_are_not(string what, string spans) =>
        SpanShape.Problems(spans).Where(problem => problem.Kind.Type == Type).ShouldBeEmpty(what);

    [Fact]
    public void The_calls_of_one_page_to_one_host_are_one_issue()
    {
        var (some, more) = (SpanShape.Problems(Calls(9, 6, 600)), SpanShape.Problems(Calls(11, 6, 700)));
        string Mark(IReadOnlyList<Tocsin.Server.Traces.Detectors.Problem> found) =>
            found.Single(one => one.Kind.Type == Type).Mark;
        Mark(some).ShouldBe(Mark(more));
    }

    /// <summary>Of another origin that does not allow it: nothing but zeros.</summary>
    static string Hidden(double from) =>
        $"  {from} 900 http.client GET https://api.example/h {{network.protocol.version=1.1;http.request.fetch_start={Moment(from)};http.request.request_start=0}}";
}
