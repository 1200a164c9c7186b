using Server.Tests.Hosting;
using Server.Tests.Traces;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Performance;

/// <summary>
/// A server with a day of generated transactions, the day before it, and issues: whatever the pages say can be reckoned from these rows.
/// </summary>
public sealed class GeneratedLoad : IAsyncLifetime
{
    public const int Transactions = 12;
    const long Hour = 3_600_000_000;

    readonly List<SpanRow> today = [];
    readonly List<SpanRow> yesterday = [];

    internal TocsinHost Host { get; private set; } = null!;
    internal HttpClient Api { get; private set; } = null!;

    /// <summary>The runs of the last 24 hours.</summary>
    public IReadOnlyList<SpanRow> Today => today;
    public IReadOnlyList<SpanRow> Yesterday => yesterday;

    /// <summary>Unresolved issues by the transaction that their events name.</summary>
    public IReadOnlyDictionary<string, int> Issues { get; } =
        Enumerable.Range(0, Transactions).ToDictionary(Name, at => at * 5 % 7);

    public static string Name(int at) => $"GET /page-{(char)('a' + at)}";

    public async ValueTask InitializeAsync()
    {
        Host = await TocsinHost.StartAsync();
        Api = Host.With();
        var random = new Random(20261120);
        for (var at = 0; at < Transactions; at++)
        {
            Add(today, at, random, Host.Now() - (23 * Hour), 1 + (at * 0.1));
            Add(yesterday, at, random, Host.Now() - (47 * Hour), 1 + (at * 7 % 5 * 0.3));
        }
        var events = new List<EventRow>();
        var number = 0;
        foreach (var (name, count) in Issues)
        {
            for (var one = 0; one < count; one++)
            {
                var issue = await Host.IssueAsync(1, ++number, $"{name} {one}");
                events.AddRange(
                    Enumerable
                        .Range(0, one + 1)
                        .Select(more => Host.Error((number * 100) + more, issue) with { Transaction = name })
                );
            }
            var closed = await Host.IssueAsync(1, ++number, $"{name} closed", "resolved");
            events.Add(Host.Error(number * 100, closed) with { Transaction = name });
        }
        await Host.StoreAsync([.. today, .. yesterday], events);
    }

    /// <summary>Each transaction has its own number of runs, speed, spread, users and failures; no two are alike in anything.</summary>
    void Add(List<SpanRow> rows, int at, Random random, long begin, double speed)
    {
        var runs = 150 + (at * 37 % 120);
        for (var run = 0; run < runs; run++)
        {
            var milliseconds =
                Math.Exp((random.NextDouble() + random.NextDouble() - 1) * (0.5 + (at * 5 % 12 * 0.1)))
                * 80
                * (1 + (at * 7 % 12))
                * speed;
            rows.Add(
                new()
                {
                    ProjectId = 1,
                    TraceId = new((ulong)random.NextInt64(), (ulong)random.NextInt64()),
                    SpanId = random.NextInt64(),
                    IsSegment = true,
                    Timestamp = begin + (random.NextInt64(22 * Hour)),
                    Received = Host.Now(),
                    Duration = (long)(milliseconds * 1000),
                    SelfTime = 0,
                    Op = at % 4 == 3 ? "queue.task" : "http.server",
                    Transaction = Name(at),
                    TransactionOp = "http.server",
                    Failed = random.NextDouble() < (at * 5 % 12) * 0.02,
                    Status = "ok",
                    User = $"id:{random.Next(20 + (at * 11 % 12 * 15))}",
                }
            );
        }
    }

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();
}

/// <summary>What is known of the runs of one transaction, reckoned one run at a time.</summary>
sealed record KnownFigures(IReadOnlyList<SpanRow> Runs)
{
    const double Threshold = 300;

    public IReadOnlyList<double> Durations { get; } = [.. Runs.Select(run => run.Duration / 1e3).Order()];
    public int Users => Runs.Select(run => run.User).Distinct().Count();
    public double FailureRate => (double)Runs.Count(run => run.Failed) / Runs.Count;

    public double Apdex =>
        (Durations.Count(one => one <= Threshold) + (Durations.Count(one => one > Threshold && one <= 4 * Threshold) / 2.0))
        / Runs.Count;

    public double Misery =>
        (Runs.Where(run => run.Duration / 1e3 > 4 * Threshold).Select(run => run.User).Distinct().Count() + 5.8875)
        / (Users + 5.8875 + 111.8625);

    public double TimeLost => Runs.Count * (Quantile(0.95) - Quantile(0.5));

    public double Quantile(double share)
    {
        var place = share * (Durations.Count - 1);
        var below = Durations[(int)place];
        return below + ((place - (int)place) * (Durations[Math.Min((int)place + 1, Durations.Count - 1)] - below));
    }
}
