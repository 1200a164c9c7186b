using System.Text;
using System.Text.Json.Nodes;
using Protocol.Tests.Otlp;
using Server.Tests.Gateway;
using Server.Tests.Projects;
using Tocsin.Protocol;
using Tocsin.Server.Gateway;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;

namespace Server.Tests.Pipeline;

/// <summary>An export of OpenTelemetry as items.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task Its_spans_are_one_item_and_each_exception_is_another()
    {
        var items = await OpenAsync(SomeExport.Thrown(2), "v1/traces");

        items.Select(item => (item.Item.Index, item.Item.ItemType)).ShouldBe([(0, "otlp_traces"), (1, "event"), (2, "event")]);
        items[0].Item.Quantities.ShouldBe([new(DataCategory.Span, 2)]);
        items[1].Item.Quantities.ShouldBe([new(DataCategory.Error, 1)]);
        var error = JsonNode.Parse(items[2].Payload.Span)!;
        error["contexts"]!["trace"]!["trace_id"]!.GetValue<string>().ShouldBe(SomeOtlp.Trace);
        error["contexts"]!["trace"]!["span_id"]!.GetValue<string>().ShouldBe("0000000000000002");
        error["event_id"]!.GetValue<string>().ShouldBe(items[2].Context!.Receipt.EventId.ToString());
    }

    [Fact]
    public async Task Errors_that_the_limit_took_out_are_left_out_and_the_others_keep_their_places()
    {
        var whole = await OpenAsync(SomeExport.Thrown(3), "v1/traces");
        var thinned = await OpenAsync(SomeExport.Thrown(3), "v1/traces", refused: [1, 3]);
        thinned
            .Select(item => (item.Item.Index, item.Context!.Receipt.EventId))
            .ShouldBe([(0, null), (2, whole[2].Context!.Receipt.EventId)]);
    }

    /// <summary>Half a megabyte of it would else become as many gigabytes as there are thousands of errors.</summary>
    [Fact]
    public async Task What_a_segment_says_once_is_not_repeated_at_length_in_each_of_its_errors()
    {
        var thrown = new ProtoMessage().Of(2, "exception").Of(3, SomeOtlp.Text("exception.type", "RangeError"));
        var segment = SomeOtlp
            .Span(1, kind: 2)
            .Of(5, new string('n', 100_000))
            .Of(9, SomeOtlp.Text("url.full", "https://shop.example/" + new string('u', 100_000)))
            .Of(9, SomeOtlp.Text("sentry.op", new string('o', 100_000)));
        var body = SomeOtlp.Request(Enumerable.Repeat(thrown, 200).Aggregate(segment, (span, one) => span.Of(11, one))).Bytes;

        var items = await OpenAsync(body, "v1/traces");

        items.Count.ShouldBe(201);
        items.Skip(1).ShouldAllBe(item => item.Payload.Length < 20_000);
    }

    [Fact]
    public async Task Errors_beyond_ten_thousand_are_counted_and_not_made()
    {
        var thrown = new ProtoMessage().Of(2, "exception");
        var spans = Enumerable
            .Range(1, 20)
            .Select(id => Enumerable.Repeat(thrown, 501).Aggregate(SomeOtlp.Span(id), (span, one) => span.Of(11, one)));

        var items = await OpenAsync(SomeOtlp.Request(spans).Bytes, "v1/traces");

        items.Count(item => item.Item.IsAccepted).ShouldBe(1 + 10_000);
        var left = items[^1].Item;
        left.Index.ShouldBe(10_001);
        left.Outcome.ShouldBe(Outcome.Invalid("too_many_errors"));
        left.Quantities.ShouldBe([new(DataCategory.Error, 20)]);
    }

    [Fact]
    public async Task The_same_body_gives_the_same_items()
    {
        var (first, again) = (
            await OpenAsync(SomeExport.Thrown(3), "v1/traces"),
            await OpenAsync(SomeExport.Thrown(3), "v1/traces")
        );
        first
            .Select(item => (item.Item.Index, Encoding.UTF8.GetString(item.Payload.Span)))
            .ShouldBe(again.Select(item => (item.Item.Index, Encoding.UTF8.GetString(item.Payload.Span))));
    }

    [Fact]
    public async Task An_error_of_a_span_goes_to_the_quarantine_and_back_as_one_that_was_sent_to_the_store()
    {
        var error = (await OpenAsync(SomeExport.Thrown(1), "v1/traces"))[1];
        var (door, path, encoding) = (error.Context!.Receipt.Door, error.Context.Receipt.Path, error.Context.Receipt.Encoding);
        (door, path, encoding).ShouldBe((Door.Store, null, ""));

        var receipt = error.Context.Receipt with { ReplayOf = 7 };
        using var arena = new BodyArena();
        var record = Unpacking.Unpack(default, receipt, error.Payload, _ => error.Context.Project, arena);

        var again = record.Items.ShouldHaveSingleItem();
        again.Item.ItemType.ShouldBe(ItemType.Event);
        again.Context!.Receipt.EventId.ShouldBe(error.Context.Receipt.EventId);
    }

    [Fact]
    public async Task An_export_that_is_played_again_brings_its_spans_only() =>
        (await OpenAsync(SomeExport.Thrown(2), "v1/traces", replayOf: 7))
            .ShouldHaveSingleItem()
            .Item.ItemType.ShouldBe("otlp_traces");

    [Theory]
    [InlineData("v1/logs", "otlp_logs", DataCategory.LogItem)]
    [InlineData("integration/otlp/v1/metrics", "otlp_metrics", DataCategory.TraceMetric)]
    public async Task Logs_and_metrics_are_counted_by_their_records(string path, string type, string category)
    {
        var body = new ProtoMessage().Of(1, new ProtoMessage().Of(2, new ProtoMessage().Of(2, []).Of(2, "x")));
        var item = (await OpenAsync(body.Bytes, path)).ShouldHaveSingleItem().Item;
        item.ItemType.ShouldBe(type);
        item.Quantities[0].ShouldBe(new(category, 2));
    }

    [Fact]
    public async Task Spans_of_a_project_that_is_gone_are_counted_as_lost()
    {
        var items = await OpenAsync(SomeExport.Thrown(2), "v1/traces", isGone: true);
        items.Count.ShouldBe(3);
        items.ShouldAllBe(item => item.Item.Outcome.Reason == OutcomeReason.ProjectGone);
    }

    static async Task<IReadOnlyList<UnpackedItem>> OpenAsync(
        byte[] body,
        string path,
        long? replayOf = null,
        bool isGone = false,
        params int[] refused
    )
    {
        await using var projects = await SomeProjects.CreateAsync();
        await projects.CreateAsync("Shop");
        await projects.Directory.RefreshAsync(CancellationToken.None);
        ProjectSnapshot? shop = isGone ? null : projects.Directory.All.Single(project => project.Slug == "shop");
        var receipt = new Receipt
        {
            Door = Door.Otlp,
            ProjectId = shop?.Id ?? 1,
            Received = 1,
            Path = path,
            ContentType = "application/x-protobuf",
            ReplayOf = replayOf,
            Refused = refused,
        };
        using var arena = new BodyArena();
        var record = Unpacking.Unpack(default, receipt, body, _ => shop, arena);
        return record.Items;
    }
}
