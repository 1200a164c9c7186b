using System.Text;
using Server.Tests.Pipeline;
using Tocsin.Server.Gateway;
using Tocsin.Server.Issues;
using Tocsin.Server.Traces.Regressions;
using Tocsin.Telemetry.Query;

namespace Server.Tests.Traces.Regressions;

/// <summary>What the watch found, on the way of all that is received.</summary>
public sealed class RegressionPipelineTests
{
    static readonly long Yesterday = PipelineHouse.Microseconds(DateTimeOffset.UtcNow.AddDays(-1));

    static Slowdown Slower(PipelineHouse house, string release = "shop@2") =>
        new()
        {
            ProjectId = house.Shop.Id,
            Transaction = "GET /cart",
            Op = "http.server",
            Environment = "production",
            Release = release,
            Before = "shop@1",
            Since = Yesterday - 1,
            P95Before = 100.25,
            P95 = 412.5,
            RunsBefore = 500,
            Runs = 600,
            Limits = new(Runs: 100, Ratio: 1.5, Difference: 50),
            TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
            SpanId = "00000000000000aa",
        };

    [Fact]
    public async Task It_is_stored_once_counts_for_nothing_and_comes_back_with_its_day()
    {
        await using var house = await StartedAsync();
        await TellAsync(house, Slower(house).Write(), Slower(house));
        await TellAsync(house, Slower(house).Write(), Slower(house));
        await house.SendAsync(SomeEnvelope.Error());
        await house.DrainAsync();
        var before = await EventsAsync(house);
        before.Count.ShouldBe(2);
        (await house.OutcomesAsync("default")).ShouldBeEmpty();
        (await house.OutcomesAsync()).ShouldBe(new Dictionary<string, long> { ["Accepted"] = 1 });
        await house.StopAsync();
        var first = Directory.GetFiles(house.TelemetryDirectory, "*.duckdb").Order().First();
        foreach (var file in Directory.GetFiles(house.TelemetryDirectory, Path.GetFileName(first) + "*"))
        {
            File.Delete(file);
        }

        await house.StartAsync();
        await RebuildTests.WholeAsync(house);

        (await EventsAsync(house)).ShouldBe(before);
        var issue = (await house.MetadataAsync<Issue>("SELECT * FROM issues WHERE type <> 'error'")).ShouldHaveSingleItem();
        (issue.TimesSeen, issue.Culprit, issue.FirstRelease).ShouldBe((1, "GET /cart", "shop@2"));
    }

    [Fact]
    public async Task Later_releases_that_slow_the_endpoint_down_are_events_of_one_issue()
    {
        await using var house = await StartedAsync();
        foreach (var release in (string[])["shop@2", "shop@3", "shop@4"])
        {
            await TellAsync(house, Slower(house, release).Write(), Slower(house, release));
        }
        await house.DrainAsync();
        (await house.MetadataAsync<long>("SELECT times_seen FROM issues")).ShouldBe([3]);
    }

    [Fact]
    public async Task A_body_that_is_none_of_ours_leaves_nothing()
    {
        await using var house = await StartedAsync();
        await TellAsync(house, Encoding.UTF8.GetBytes("{\"transaction\":7"), Slower(house));
        await house.DrainAsync();
        (await EventsAsync(house)).ShouldBeEmpty();
        (await house.MetadataAsync<long>("SELECT COUNT(*) FROM quarantine")).ShouldBe([0]);
    }

    static async Task<PipelineHouse> StartedAsync()
    {
        var house = await PipelineHouse.BuildAsync();
        house.TakesTraces = true;
        await house.StartAsync();
        return house;
    }

    static Task TellAsync(PipelineHouse house, byte[] body, Slowdown slowdown) =>
        house.AppendAsync(
            new()
            {
                Door = Door.Findings,
                ProjectId = slowdown.ProjectId,
                Received = Yesterday,
                EventId = slowdown.Id,
                Path = RegressionPipeline.ItemType,
            },
            body
        );

    static async Task<IReadOnlyList<string>> EventsAsync(PipelineHouse house)
    {
        string[] names = ["id", "issue.id", "type", "title", "message", "release", "environment", "transaction", "trace", "span"];
        var rows = await house.QueryAsync(
            Dataset.Events,
            [.. names.Select(name => new Selected(name, new Expression.Field(name)))]
        );
        return [.. rows.Select(row => string.Join(' ', row)).Order(StringComparer.Ordinal)];
    }
}
