using System.Net;
using System.Text.Json.Nodes;
using Server.Tests.Hosting;
using Server.Tests.Pipeline;
using Tocsin.Journal;
using Tocsin.Server.Metadata;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Retention;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Server.Tests.Retention;

/// <summary>Retention in the whole server, by its own clock.</summary>
public sealed class RetainedServerTests
{
    [Fact]
    public async Task Spans_leave_after_their_time_and_the_errors_of_their_day_stay()
    {
        await using var host = await StartAsync(new() { Errors = 30, Spans = 1 });
        await SendAsync(host, [Transaction(host), SomeEnvelope.Error("first"), Transaction(host), SomeEnvelope.Error("second")]);
        (await CountAsync(host, Dataset.Spans)).ShouldBe(6);
        host.Time.Advance(TimeSpan.FromDays(2));
        await SendAsync(host, [Transaction(host), SomeEnvelope.Error("third")]);

        await CrashTests.EventuallyAsync(async () =>
        {
            host.Time.Advance(TimeSpan.FromMinutes(1));
            var dropped = await host.Get<DroppedDays>().LastAsync(10, CancellationToken.None);
            return dropped.Any(entry => entry.Finished is not null) && host.Payloads().IsPacked(host.Payloads().Days[0]);
        });

        (await CountAsync(host, Dataset.Spans)).ShouldBe(3);
        (await CountAsync(host, Dataset.Events)).ShouldBe(3);
        var day = host.Payloads().Days[0];
        var kept = host.Payloads().Scan(day, (_, _) => { }).Where(placed => placed.Record.Kind == PayloadKind.Item).ToList();
        kept.Count.ShouldBe(2);
        kept.Any(placed => SpanFormat.Is(placed.Record.Columns.Span)).ShouldBeFalse();
        kept.ShouldAllBe(placed => host.Payloads().Read(placed.Location) is PayloadReading.Found);
        var index = await host.Get<MetadataDb>()
            .WriteAsync(
                transaction => transaction.QueryAsync<long>($"SELECT issue_id FROM event_index WHERE day = {day}"),
                CancellationToken.None
            );
        index.ShouldAllBe(issue => issue > 0);
        var entry = (await host.Get<DroppedDays>().LastAsync(10, CancellationToken.None)).ShouldHaveSingleItem();
        (entry.RowKinds, entry.Reason).ShouldBe((RowKinds.Spans, DropReason.Age));
    }

    /// <summary>With short times: the days of a clock that tests move pass minute by minute.</summary>
    static Task<TocsinHost> StartAsync(RetentionOptions options) =>
        TocsinHost.StartAsync(settings => settings with { Retention = options });

    static SomeEnvelope Transaction(TocsinHost host)
    {
        var (id, now) = (Tocsin.Protocol.EventId.New(), host.Time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
        var trace = Guid.NewGuid().ToString("N");
        JsonObject Span(string name, string parent) =>
            new()
            {
                ["trace_id"] = trace,
                ["span_id"] = name,
                ["parent_span_id"] = parent,
                ["op"] = "db",
                ["description"] = "SELECT 1",
                ["start_timestamp"] = now - 0.2,
                ["timestamp"] = now - 0.1,
            };
        var body = new JsonObject
        {
            ["event_id"] = id.ToString(),
            ["type"] = "transaction",
            ["transaction"] = "GET /cart",
            ["platform"] = "python",
            ["start_timestamp"] = now - 0.3,
            ["timestamp"] = now,
            ["contexts"] = new JsonObject
            {
                ["trace"] = new JsonObject
                {
                    ["trace_id"] = trace,
                    ["span_id"] = "1111111111111111",
                    ["op"] = "http.server",
                },
            },
            ["spans"] = new JsonArray(Span("2222222222222222", "1111111111111111"), Span("3333333333333333", "1111111111111111")),
        };
        return new SomeEnvelope(id).With("transaction", body.ToJsonString());
    }

    static async Task SendAsync(TocsinHost host, IReadOnlyList<SomeEnvelope> envelopes)
    {
        foreach (var envelope in envelopes)
        {
            using var answer = await host.Anonymous()
                .PostAsync(
                    $"/api/1/envelope/?sentry_key={TocsinHost.Key}&sentry_version=7",
                    new ByteArrayContent(envelope.ToBytes())
                );
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        }
        var journal = host.Get<Journal>();
        await CrashTests.EventuallyAsync(() => journal.State.Released >= journal.End);
    }

    static async Task<long> CountAsync(TocsinHost host, Dataset dataset)
    {
        var answer = await host.Get<TelemetryStore>()
            .QueryAsync(
                new()
                {
                    Dataset = dataset,
                    Range = TimeRange.All,
                    Select = [new("n", Expression.Count)],
                },
                CancellationToken.None
            );
        return (long)answer.Rows.Single()[0]!;
    }
}

static class HostPayloads
{
    public static PayloadStore Payloads(this TocsinHost host) => host.Get<PayloadStore>();
}
