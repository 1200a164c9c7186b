using Server.Tests.Hosting;
using Tocsin.Server.Projects;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Explore;

public class SampledTests
{
    [Fact]
    public async Task Spans_that_stand_for_several_count_as_many_and_every_answer_says_so()
    {
        await using var host = await TocsinHost.StartAsync();
        var now = (host.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var span = new SpanRow
        {
            ProjectId = host.Get<ProjectDirectory>().All.Single().Id,
            TraceId = 1,
            SpanId = 1,
            IsSegment = true,
            Timestamp = now - 600_000_000,
            Received = now,
            Duration = 100_000,
            SelfTime = 1,
            Transaction = "kept",
        };
        await host.Get<TelemetryStore>()
            .ApplyAsync(
                new(1, DateOnly.FromDateTime(host.Time.GetUtcNow().Date))
                {
                    Spans =
                    [
                        span with
                        {
                            Weight = 4,
                        },
                        span with
                        {
                            SpanId = 2,
                            Weight = 1.5,
                            Failed = true,
                        },
                        span with
                        {
                            SpanId = 3,
                            Transaction = "whole",
                        },
                    ],
                },
                TestContext.Current.CancellationToken
            );
        const string api = "/api/0/organizations/default/";

        var table = await host.With()
            .GetJsonAsync(
                api + "events/?dataset=spans&field=transaction&field=count()&field=failure_rate()&query=transaction:kept"
            );
        var row = table.GetProperty("data").EnumerateArray().Single();
        row.GetProperty("count()").GetInt64().ShouldBe(6);
        row.GetProperty("failure_rate()").GetDouble().ShouldBe(1.5 / 5.5, 1e-9);
        table.GetProperty("meta").GetProperty("tocsin").GetProperty("sampled").GetBoolean().ShouldBeTrue();

        var whole = await host.With().GetJsonAsync(api + "events/?dataset=spans&field=count()&query=transaction:whole");
        whole.GetProperty("data")[0].GetProperty("count()").GetInt64().ShouldBe(1);
        whole.GetProperty("meta").GetProperty("tocsin").GetProperty("sampled").GetBoolean().ShouldBeFalse();

        var counted = await host.With().GetJsonAsync(api + "events-meta/?dataset=spans&query=transaction:kept");
        counted.GetProperty("count").GetInt64().ShouldBe(6);
        counted.GetProperty("stored").GetInt64().ShouldBe(2);
        var unsampled = await host.With().GetJsonAsync(api + "events-meta/?dataset=spans&query=transaction:whole");
        unsampled.GetProperty("count").GetInt64().ShouldBe(1);
        unsampled.GetProperty("stored").GetInt64().ShouldBe(1);

        var series = await host.With().GetJsonAsync(api + "events-timeseries/?dataset=spans&statsPeriod=1h&interval=1h");
        series.GetProperty("meta").GetProperty("tocsin").GetProperty("sampled").GetBoolean().ShouldBeTrue();
    }
}
