using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Server.Tests.Hosting;
using Tocsin.Journal;
using Tocsin.Server.Hosting;

namespace Server.Tests.Pipeline;

/// <summary>The Pipeline page's routes against the whole server.</summary>
public sealed class PipelineApiTests : IAsyncLifetime
{
    TocsinHost host = null!;
    HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TocsinHost.StartAsync();
        client = host.With();
    }

    async Task StartAgainAsync(Func<ServerOptions, ServerOptions> change)
    {
        await DisposeAsync();
        host = await TocsinHost.StartAsync(change);
        client = host.With();
    }

    [Fact]
    public async Task The_page_shows_stages_steps_outcomes_disk_and_days()
    {
        await SendAsync(SomeEnvelope.Error(), SomeEnvelope.Error().With("novelty", "{}"));

        var page = await GetAsync("/api/0/internal/pipeline/");

        page.GetProperty("status").GetString().ShouldBe("idle");
        page.GetProperty("failure").ValueKind.ShouldBe(JsonValueKind.Null);
        page.GetProperty("stages")
            .EnumerateArray()
            .Select(stage => stage.GetProperty("name").GetString())
            .ShouldBe(["journal", "worker"]);
        page.GetProperty("stages")[1].GetProperty("ratePerSecond").GetDouble().ShouldBe(2 / 60.0, 0.001);
        page.GetProperty("stages")[1].GetProperty("lagBytes").GetInt64().ShouldBe(0);
        page.GetProperty("steps").EnumerateArray().ShouldAllBe(step => step.GetProperty("p95Milliseconds").GetDouble() >= 0);
        page.GetProperty("outcomes")
            .EnumerateArray()
            .Select(row =>
                $"{row.GetProperty("outcome")} {row.GetProperty("reason")} {row.GetProperty("category")} {row.GetProperty("quantity")}"
            )
            .ShouldBe(["accepted  error 2", "quarantined unhandled default 1"]);
        page.GetProperty("disk").GetProperty("freeBytes").GetInt64().ShouldBeGreaterThan(0);
        var day = page.GetProperty("days").EnumerateArray().ShouldHaveSingleItem();
        day.GetProperty("day").GetString().ShouldBe("2026-11-20");
        day.GetProperty("payloadBytes").GetInt64().ShouldBeGreaterThan(0);
        page.GetProperty("quarantined").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task The_page_shows_how_long_data_is_kept_and_what_was_dropped()
    {
        // A short time: the days of a clock that tests move pass minute by minute.
        await StartAgainAsync(options =>
            options with
            {
                Retention = new() { Errors = 1, Spans = 1 },
            }
        );
        await SendAsync(SomeEnvelope.Error());
        host.Time.Advance(TimeSpan.FromDays(2));
        await SendAsync(SomeEnvelope.Error());
        JsonElement page = default;
        await CrashTests.EventuallyAsync(async () =>
        {
            host.Time.Advance(TimeSpan.FromMinutes(1));
            page = await GetAsync("/api/0/internal/retention/");
            return page.GetProperty("dropped")
                .EnumerateArray()
                .Any(entry => entry.GetProperty("dateFinished").ValueKind != JsonValueKind.Null);
        });

        (page.GetProperty("errorDays").GetInt32(), page.GetProperty("spanDays").GetInt32()).ShouldBe((1, 1));
        page.GetProperty("budgetBytes").ValueKind.ShouldBe(JsonValueKind.Null);
        page.GetProperty("usedBytes").GetInt64().ShouldBeGreaterThan(0);
        var dropped = page.GetProperty("dropped").EnumerateArray().ShouldHaveSingleItem();
        dropped.GetProperty("day").GetString().ShouldBe("2026-11-20");
        dropped.GetProperty("rows").EnumerateArray().Select(row => row.GetString()).ShouldBe(["errors", "spans", "outcomes"]);
        dropped.GetProperty("reason").GetString().ShouldBe("age");
        dropped.GetProperty("bytes").GetInt64().ShouldBeGreaterThan(0);
        dropped.GetProperty("dateFinished").ValueKind.ShouldBe(JsonValueKind.String);
    }

    [Fact]
    public async Task The_quarantine_is_listed_downloaded_and_forgotten()
    {
        await SendAsync(SomeEnvelope.Error().With("novelty", """{"a":1}"""));

        var entry = (await GetAsync("/api/0/internal/quarantine/?reason=unhandled")).EnumerateArray().ShouldHaveSingleItem();
        (entry.GetProperty("itemType").GetString(), entry.GetProperty("projectSlug").GetString()).ShouldBe(
            ("novelty", "default")
        );
        var address = $"/api/0/internal/quarantine/{entry.GetProperty("id").GetString()}/";
        (await GetAsync(address)).GetProperty("reason").GetString().ShouldBe("unhandled");
        (await client.GetStringAsync($"{address}download/")).ShouldEndWith("""{"a":1}""");
        (await client.PostAsync($"{address}replay/", null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await client.DeleteAsync(address)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.Anonymous().GetAsync("/api/0/internal/quarantine/")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Statistics_have_the_shape_and_the_sums_of_stats_v2()
    {
        var twice = SomeEnvelope.Error();
        await SendAsync(twice, twice, SomeEnvelope.Error());

        var stats = await GetAsync(
            "/api/0/organizations/default/stats_v2/?field=sum(quantity)&groupBy=outcome&groupBy=reason&category=error&interval=1h&statsPeriod=3h"
        );

        stats.GetProperty("intervals").GetArrayLength().ShouldBe(4);
        stats
            .GetProperty("groups")
            .EnumerateArray()
            .Select(group =>
                $"{group.GetProperty("by").GetProperty("outcome")} {group.GetProperty("by").GetProperty("reason")} {group.GetProperty("totals").GetProperty("sum(quantity)")}"
            )
            .ShouldBe(["accepted  2", "invalid duplicate 1"]);
        stats
            .GetProperty("groups")[0]
            .GetProperty("series")
            .GetProperty("sum(quantity)")
            .EnumerateArray()
            .Sum(value => value.GetInt64())
            .ShouldBe(2);
        var refused = await client.GetAsync("/api/0/organizations/default/stats_v2/?field=sum(nothing)");
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.GetAsync("/api/0/organizations/default/stats_v2/?project=99")).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
    }

    [Fact]
    public async Task A_page_that_listens_hears_of_a_new_issue_and_of_the_first_event()
    {
        using var stream = await client.GetStreamAsync("/api/0/organizations/default/live/");
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync()).ShouldBe(": here");
        await SendAsync(SomeEnvelope.Error(message: "heard"));

        var heard = new Dictionary<string, JsonElement>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (heard.Count < 2 && await reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                var data = (await reader.ReadLineAsync(patience.Token))!;
                heard.TryAdd(line["event: ".Length..], JsonDocument.Parse(data["data: ".Length..]).RootElement);
            }
        }

        heard["issue"].GetProperty("shortId").GetString().ShouldBe("DEFAULT-1");
        heard["issue"].GetProperty("title").GetString().ShouldBe("ValueError: heard");
        heard["issue"].GetProperty("isNew").GetBoolean().ShouldBeTrue();
        heard["project"].GetProperty("firstEvent").GetBoolean().ShouldBeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await host.DisposeAsync();
    }

    async Task<JsonElement> GetAsync(string address)
    {
        var answer = await client.GetAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    async Task SendAsync(params SomeEnvelope[] envelopes)
    {
        foreach (var envelope in envelopes)
        {
            var answer = await host.Anonymous()
                .PostAsync(
                    $"/api/1/envelope/?sentry_key={TocsinHost.Key}&sentry_version=7",
                    new ByteArrayContent(envelope.ToBytes())
                );
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        }
        var journal = host.Get<Journal>();
        await CrashTests.EventuallyAsync(() => journal.State.Released >= journal.End);
    }
}
