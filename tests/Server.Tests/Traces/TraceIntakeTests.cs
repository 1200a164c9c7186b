using System.Text.Json.Nodes;
using Server.Tests.Corpus;
using Server.Tests.Errors;
using Server.Tests.Pipeline;
using Tocsin.Protocol;
using Tocsin.Server.Errors;
using Tocsin.Server.Issues;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Traces;
using Tocsin.Telemetry.Query;
using static Server.Tests.Traces.SomeTraces;

namespace Server.Tests.Traces;

/// <summary>Spans on the whole way through the pipeline: journal, payload segments, metadata, telemetry, and back.</summary>
public sealed class TraceIntakeTests
{
    static readonly long Received = PipelineHouse.Microseconds(SomeErrors.Now);
    static readonly EventId Id = EventId.TryParse("9ec79c33ec9942ab8353589fcb2e04dc", out var id) ? id : default;

    static SomeEnvelope Cart => new SomeEnvelope(Id).With("transaction", TransactionJson(spans: Loop(6)));

    static SomeEnvelope Stream =>
        new SomeEnvelope(null).With(
            "span",
            Container(Streamed("c1", "a", more: """ "is_segment":true, """), Streamed("c2", "b"), Streamed("c3", "c")),
            new() { ["item_count"] = 3, ["content_type"] = "application/vnd.sentry.items.span.v2+json" }
        );

    [Fact]
    public async Task A_request_that_is_sent_again_counts_once()
    {
        await using var house = await StartedAsync();
        await house.SendAsync(Received, Cart, Stream, Cart, Stream);
        await house.DrainAsync();
        await house.SendAsync(Received, Stream, Cart);
        await house.DrainAsync();

        (await SpansAsync(house)).Count.ShouldBe(8 + 3);
        (await house.OutcomesAsync(DataCategory.Transaction)).ShouldBe(
            new Dictionary<string, long> { ["Accepted"] = 1, ["Invalid duplicate"] = 2 },
            ignoreOrder: true
        );
        (await house.OutcomesAsync(DataCategory.Span)).ShouldBe(
            new Dictionary<string, long> { ["Accepted"] = 3, ["Invalid duplicate"] = 6 },
            ignoreOrder: true
        );
        (await house.MetadataAsync<long>("SELECT times_seen FROM issues")).ShouldBe(
            [1],
            "what a repeated item raises is repeated too"
        );
    }

    [Fact]
    public async Task A_problem_in_a_transaction_becomes_an_issue_with_its_evidence()
    {
        await using var house = await StartedAsync();
        await house.SendAsync(Received, Cart);
        await house.DrainAsync();

        var issue = (await house.MetadataAsync<Issue>("SELECT * FROM issues")).ShouldHaveSingleItem();
        (issue.Type, issue.Title, issue.Culprit, issue.Priority).ShouldBe(
            ("performance_n_plus_one_db_queries", "N+1 Query", "GET /cart", "low")
        );
        var place = await PlaceAsync(house, $"issue_id = {issue.Id}");
        var body = house.Payloads.Read(place).ShouldBeOfType<PayloadReading.Found>().Record.Body;
        var evidence = StoredOccurrence.Read(body.Span)!["evidenceData"]!;
        evidence["offenderSpanIds"]!
            .AsArray()
            .Select(span => span!.GetValue<string>())
            .ShouldBe(Enumerable.Range(1, 6).Select(i => $"{0xb00 + i:x16}"));
        var count = evidence["thresholds"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == "n_plus_one_db_count")!;
        (count["value"]!.GetValue<double>(), count["threshold"]!.GetValue<double>()).ShouldBe((6, 5));
        evidence["causeSpanIds"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldBe($"{0xb00:x16}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(70)]
    public async Task Spans_count_as_many_as_they_are_whatever_the_header_says(int stated)
    {
        await using var house = await StartedAsync();
        var bad = """{"trace_id":"nonsense"}""";
        var spans = Container(Streamed("c1", "a"), bad, Streamed("c2", "b"), Streamed("c3", "c"));
        await house.SendAsync(
            Received,
            new SomeEnvelope(null).With(
                "span",
                spans,
                new() { ["item_count"] = stated, ["content_type"] = "application/vnd.sentry.items.span.v2+json" }
            )
        );
        await house.DrainAsync();

        (await SpansAsync(house)).Count.ShouldBe(3);
        var outcomes = await house.OutcomesAsync(DataCategory.Span);
        outcomes["Accepted"].ShouldBe(3);
        outcomes
            .Where(outcome => outcome.Key.StartsWith("Invalid", StringComparison.Ordinal))
            .Sum(outcome => outcome.Value)
            .ShouldBe(1);
    }

    [Fact]
    public async Task A_transaction_under_the_header_of_an_event_is_stored_and_counted_as_one()
    {
        await using var house = await StartedAsync();
        var spaced = TransactionJson(spans: Loop(6)).Replace("\"type\":\"transaction\"", "\"type\" : \"transaction\"");
        await house.SendAsync(Received, new SomeEnvelope(Id).With("event", spaced));
        await house.DrainAsync();

        (await SpansAsync(house)).Count.ShouldBe(8);
        (await house.OutcomesAsync(DataCategory.Transaction)).ShouldBe(new Dictionary<string, long> { ["Accepted"] = 1 });
        (await house.OutcomesAsync(DataCategory.Error)).ShouldBeEmpty();
        (await house.MetadataAsync<string>("SELECT type FROM issues")).ShouldBe(["performance_n_plus_one_db_queries"]);

        await house.SendAsync(Received, Cart);
        await house.DrainAsync();
        (await house.OutcomesAsync(DataCategory.Transaction))["Invalid duplicate"].ShouldBe(1, "it is the same transaction");
    }

    [Theory]
    [InlineData(""" "transaction":"transaction" """)]
    [InlineData(""" "tags":{"type":"transaction"} """)]
    [InlineData(""" "type":"error","extra":["a", {"of":"transaction"}] """)]
    public async Task An_error_that_only_speaks_of_a_transaction_stays_an_error(string fields)
    {
        await using var house = await StartedAsync();
        var body = $$"""{"event_id":"{{Id}}",{{fields}},"message":"no room"}""";
        await house.SendAsync(Received, new SomeEnvelope(Id).With("event", body));
        await house.DrainAsync();

        (await house.OutcomesAsync(DataCategory.Error)).ShouldBe(new Dictionary<string, long> { ["Accepted"] = 1 });
        (await house.OutcomesAsync(DataCategory.Transaction)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_body_of_a_transaction_is_found_by_its_id_and_by_its_segment()
    {
        await using var house = await StartedAsync();
        await house.SendAsync(Received, Cart);
        await house.DrainAsync();

        var place = await PlaceAsync(house, "issue_id = 0");
        var record = house.Payloads.Read(place).ShouldBeOfType<PayloadReading.Found>().Record;
        record.EventId.ShouldBe(Id);
        JsonNode.Parse(record.Body.Span)!["transaction"]!.GetValue<string>().ShouldBe("GET /cart");
        SegmentRow.Of(SpanFormat.Read(record.Columns, house.Shop.Id)).Title.ShouldBe("GET /cart");
    }

    [Fact]
    public async Task A_day_that_is_made_again_has_the_same_spans()
    {
        await using var house = await StartedAsync();
        await house.SendAsync(Received, Cart, Stream);
        await house.SendAsync(Received + 86_400_000_000, SomeEnvelope.Error());
        await house.DrainAsync();
        var before = await SpansAsync(house);

        await LoseFirstDayAsync(house);

        var after = await SpansAsync(house);
        after.Select(Text).ShouldBe(before.Select(Text));
    }

    [Fact]
    public async Task A_day_that_is_made_again_has_the_same_weights()
    {
        await using var house = await StartedAsync();
        var cart = new SomeEnvelope(Id) { Trace = new() { ["sample_rate"] = "0.1" } }.With(
            "transaction",
            TransactionJson(spans: Loop(6))
        );
        await house.SendAsync(Received, cart, Stream);
        await house.SendAsync(Received + 86_400_000_000, SomeEnvelope.Error());
        await house.DrainAsync();
        var before = await WeightsAsync();
        before.Select(row => row.Weight).Order().ShouldBe([.. Enumerable.Repeat(1.0, 3), .. Enumerable.Repeat(10.0, 8)]);

        await LoseFirstDayAsync(house);

        (await WeightsAsync()).ShouldBe(before);

        async Task<IReadOnlyList<(long Span, double Weight, double? Rate)>> WeightsAsync() =>
            [
                .. (
                    await house.QueryAsync(
                        Dataset.Spans,
                        new("span", SpanField.SpanId),
                        new("weight", SpanField.Weight),
                        new("rate", SpanField.Of("client_sample_rate"))
                    )
                )
                    .Select(row => ((long)row[0]!, (double)row[1]!, (double?)row[2]))
                    .Order(),
            ];
    }

    static async Task LoseFirstDayAsync(PipelineHouse house)
    {
        await house.StopAsync();
        var first = Directory.GetFiles(house.TelemetryDirectory, "*.duckdb").Order().First();
        foreach (var file in Directory.GetFiles(house.TelemetryDirectory, Path.GetFileName(first) + "*"))
        {
            File.Delete(file);
        }
        await house.StartAsync();
        await RebuildTests.WholeAsync(house);
    }

    [Fact]
    public async Task What_came_before_the_rooms_of_traces_is_played_again_from_the_quarantine()
    {
        await using var house = await PipelineHouse.StartedAsync();
        await house.SendAsync(Received, Cart, Stream);
        await house.DrainAsync();
        (await house.OutcomesAsync(DataCategory.Transaction))["Quarantined unhandled"].ShouldBe(1);
        await house.StopAsync();

        house.TakesTraces = true;
        await house.StartAsync();
        foreach (var entry in await house.MetadataAsync<QuarantineEntry>($"{Quarantine.Select} ORDER BY id"))
        {
            (
                await house.Get<QuarantineReplay>().ReplayAsync(entry, CancellationToken.None)
            ).ShouldBeOfType<ReplayAnswer.Accepted>();
        }
        await house.DrainAsync();

        (await SpansAsync(house)).Count.ShouldBe(8 + 3);
        var outcomes = await house.OutcomesAsync(DataCategory.Span);
        (outcomes["Accepted"], outcomes["Quarantined unhandled"]).ShouldBe((3, 0));
    }

    static async Task<PipelineHouse> StartedAsync()
    {
        var house = await PipelineHouse.BuildAsync();
        house.TakesTraces = true;
        await house.StartAsync();
        return house;
    }

    /// <summary>A query, and then so many of another.</summary>
    static string Loop(int count) =>
        string.Join(
            ',',
            [
                SpanJson("b00", "aa", 1, 10, """ "op":"db","description":"SELECT id FROM books", """),
                .. Enumerable
                    .Range(1, count)
                    .Select(i =>
                        SpanJson(
                            $"{0xb00 + i:x}",
                            "aa",
                            i * 20,
                            15,
                            """ "op":"db","description":"SELECT name FROM authors WHERE id = 7", """
                        )
                    ),
            ]
        );

    static async Task<IReadOnlyList<StoredSpan>> SpansAsync(PipelineHouse house) =>
        [.. (await StoredSpan.AllAsync(house.Telemetry)).OrderBy(span => span.SpanId, StringComparer.Ordinal)];

    static string Text(StoredSpan span) =>
        $"{span with { Measurements = new Dictionary<string, double>() }} {string.Join(' ', span.Measurements)}";

    static async Task<PayloadLocation> PlaceAsync(PipelineHouse house, string where)
    {
        var rows = await house.MetadataAsync<(long Day, long Segment, long Offset, long Length)>(
            $"""SELECT day, segment, "offset", length FROM event_index WHERE {where}"""
        );
        var (day, segment, offset, length) = rows.ShouldHaveSingleItem();
        return new((int)day, (int)segment, offset, (int)length);
    }
}
