using System.Globalization;
using Simulation.World;
using Tocsin.Telemetry;

namespace Simulation;

/// <summary>
/// The whole way from a request to the stores, in one thread, with nothing but a seed to decide what happens. A seed that fails is played again
/// with <c>TOCSIN_SEED=… ./test Simulation</c>, and those from one to another with <c>TOCSIN_SEED=5001-6000</c>.
/// </summary>
public sealed class SimulationTests
{
    static readonly bool Long = Environment.GetEnvironmentVariable("TOCSIN_LONG") == "1";
    static readonly (int First, int Last) Seeds = SeedsOf(Environment.GetEnvironmentVariable("TOCSIN_SEED"));

    static readonly string[] Reached =
    [
        "crashes",
        "nights",
        "days closed",
        "days dropped",
        "days whose spans were dropped before the rest",
        "days packed",
        "overflowed",
        "merged",
        "taken apart",
        "events of merged issues",
        "spans of transactions",
        "spans of exports",
        "spans of containers",
        "spans below another program's",
        "errors sent",
        "errors thrown in spans",
        "problems of spans",
        "findings",
        "error duplicate",
        "transaction duplicate",
        "span duplicate",
        "span invalid_span",
    ];

    [Fact]
    public void Nothing_acknowledged_is_lost_or_counted_twice_whatever_the_seed()
    {
        for (var seed = Seeds.First; seed <= Seeds.Last; seed++)
        {
            Play(seed);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"seeds {Seeds.First} to {Seeds.Last}");
    }

    [Fact]
    public void The_same_seed_gives_the_same_history_byte_for_byte()
    {
        for (var seed = 1; seed <= 25; seed++)
        {
            Play(seed).ShouldBe(Play(seed), $"seed {seed}");
        }
        Play(1).ShouldNotBe(Play(2));
    }

    /// <summary>So many that what comes seldom, as in every third or fourth world, does not hang on chance.</summary>
    const int Looked = 50;

    [Fact]
    public void The_seeds_reach_what_they_are_there_for()
    {
        var reached = new Dictionary<string, int>();
        for (var seed = 1; seed <= Looked; seed++)
        {
            using var run = new SeededRun(seed);
            run.Play();
            Add("crashes", run.Crashes);
            Add("nights", run.Nights);
            Add("days closed", run.Closed);
            Add("days dropped", run.Drops.Count(drop => drop.Kinds == RowKinds.All));
            Add("days whose spans were dropped before the rest", run.Drops.Count(drop => drop.Kinds == RowKinds.Spans));
            Add("days packed", run.Server.Payloads.Days.Count(run.Server.Payloads.IsPacked));
            Add("overflowed", (int)run.Overflowed);
            Add("merged", run.Merges);
            Add("taken apart", run.Unmerges);
            Add("events of merged issues", (int)run.SeenMerged);
            var (spans, events) = (run.Server.Telemetry.Spans.ToList(), run.Server.Telemetry.Events.ToList());
            Add("spans of transactions", spans.Count(row => row.EventId is not null));
            Add("spans of exports", spans.Count(row => row is { Service: "cart", Group: not 0 }));
            Add("spans of containers", spans.Count(row => row is { EventId: null, Service: null, Group: not 0 }));
            Add("spans below another program's", spans.Count(row => row is { IsSegment: true, ParentSpanId: not null }));
            Add("errors sent", events.Count(row => row is { Type: "error", TraceId: null }));
            Add("errors thrown in spans", events.Count(row => row is { Type: "error", TraceId: not null }));
            Add("problems of spans", events.Count(row => row is { Type: "generic", TraceId: not null }));
            Add("findings", events.Count(row => row is { Type: "generic", TraceId: null }));
            foreach (var outcome in run.Server.Telemetry.Outcomes)
            {
                Add($"{outcome.Category} {outcome.Reason}", (int)outcome.Quantity);
            }
        }
        foreach (var what in Reached)
        {
            reached.GetValueOrDefault(what).ShouldBeGreaterThan(10, $"{what}: {string.Join(", ", reached)}");
        }

        void Add(string what, int count) => reached[what] = reached.GetValueOrDefault(what) + count;
    }

    static (int First, int Last) SeedsOf(string? asked) =>
        asked?.Split('-') is [var first, .. var rest] && int.TryParse(first, out var from)
            ? (from, rest is [var last] ? int.Parse(last, CultureInfo.InvariantCulture) : from)
            : (1, Long ? 10_000 : 200);

    static string Play(int seed)
    {
        try
        {
            using var run = new SeededRun(seed);
            return run.Play();
        }
        catch (SimulationException broken)
        {
            throw new InvalidOperationException($"TOCSIN_SEED={seed} ./test Simulation\n{broken.Message}");
        }
    }
}
