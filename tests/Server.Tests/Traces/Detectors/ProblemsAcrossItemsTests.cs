using System.Reflection;
using Server.Tests.Errors;
using Tocsin.Protocol;
using Tocsin.Server.Errors;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Traces;
using Tocsin.Server.Traces.Detectors;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Traces.Detectors;

/// <summary>Exporters send what has ended: a loop may come in two requests, or one query in each, and the segment behind them.</summary>
public sealed class ProblemsAcrossItemsTests
{
    const string Loop = """
        0 400 http.server /books
          1 10 db SELECT "books"."id" FROM "books"
          x8 +1 9 db SELECT "authors"."id" FROM "authors" WHERE "authors"."id" = #
        """;

    /// <summary>All that the detectors' own tests are about, what is a problem and what is none.</summary>
    public static TheoryData<string, string> Shapes { get; } =
    [
        .. typeof(ProblemsAcrossItemsTests)
            .Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(ProblemsAcrossItemsTests).Namespace)
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<InlineDataAttribute>())
            .Where(data => data.Data is [string, string text, ..] && text.TrimStart().StartsWith("0 ", StringComparison.Ordinal))
            .Select(data => ((string)data.Data[0]!, (string)data.Data[1]!))
            .Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void However_a_segment_is_divided_what_the_whole_of_it_shows_is_told_once(string name, string shape)
    {
        name.ShouldNotBeEmpty();
        var rows = SpanShape.Rows(shape);
        var whole = Told(Raise(new(), 1, rows));
        foreach (var size in new[] { 1, 2, 3, rows.Count / 2 })
        {
            foreach (var namesSegment in new[] { true, false })
            {
                var memory = new OpenSegments();
                var children = rows.Skip(1).Select(row => namesSegment ? row : row with { SegmentId = null });
                var items = children.Chunk(Math.Max(1, size)).ToList();
                var before = items.SelectMany((item, at) => Raise(memory, 2 + at, item)).ToList();

                var last = Raise(memory, 1, [rows[0]]);

                Told([.. before, .. last]).ShouldBe(whole, ignoreOrder: true, $"{size} at once");
            }
        }
    }

    [Fact]
    public void The_segment_brings_the_issue_with_all_spans_and_its_own_name()
    {
        var rows = SpanShape.Rows(Loop);
        var memory = new OpenSegments();
        Raise(memory, 1, [.. rows[1..6].Select(row => row with { Transaction = null })]).ShouldBeEmpty();

        var raised = Raise(memory, 2, [.. rows[6..], rows[0]]).ShouldHaveSingleItem();

        raised.Row!.Transaction.ShouldBe("/books");
        raised.Sighting!.Culprit.ShouldBe("/books");
        var evidence = StoredOccurrence.Read(raised.Body.Span)!["evidenceData"]!;
        evidence["offenderSpanIds"]!.AsArray().Count.ShouldBe(8);
    }

    [Fact]
    public void What_an_item_has_shown_alone_is_not_told_again_with_the_others()
    {
        var rows = SpanShape.Rows(Loop);
        var memory = new OpenSegments();
        Raise(memory, 1, rows[1..8]).ShouldHaveSingleItem();

        Raise(memory, 2, [.. rows[8..], rows[0]]).ShouldBeEmpty();
    }

    [Fact]
    public void What_the_segment_s_item_shows_alone_is_told_once_in_whatever_order_its_spans_stand()
    {
        var rows = SpanShape.Rows(Loop);
        var memory = new OpenSegments();
        Raise(memory, 1, [rows[9]]).ShouldBeEmpty();

        Raise(memory, 2, [.. rows[..9].AsEnumerable().Reverse()]).ShouldHaveSingleItem();
    }

    [Fact]
    public void Spans_of_another_segment_another_trace_and_another_project_are_not_joined()
    {
        var rows = SpanShape.Rows(Loop);
        var memory = new OpenSegments();
        Raise(memory, 1, [.. rows[1..6].Select(row => row with { SegmentId = 99 })]);
        Raise(memory, 2, [.. rows[1..6].Select(row => row with { TraceId = 99 })]);
        Raise(memory, 3, [.. rows[1..6].Select(row => row with { SegmentId = null, ParentSpanId = 98 })]);
        Raise(memory, 4, [.. rows[1..6].Select(row => row with { ProjectId = 99 })]);

        Raise(memory, 5, [.. rows[6..], rows[0]]).ShouldBeEmpty();
    }

    [Fact]
    public void An_item_that_comes_again_leaves_its_spans_once()
    {
        var rows = SpanShape.Rows(Loop);
        var memory = new OpenSegments();
        Raise(memory, 1, rows[1..6]);
        Raise(memory, 1, rows[1..6]);

        memory.Find(rows[0].ProjectId, rows[0].TraceId).ShouldHaveSingleItem();
    }

    [Fact]
    public void Parents_that_go_round_in_a_circle_end_the_search()
    {
        var rows = SpanShape.Rows(Loop);
        var memory = new OpenSegments();
        SpanRow[] circle =
        [
            rows[1] with
            {
                SegmentId = null,
                ParentSpanId = 3,
            },
            rows[2] with
            {
                SegmentId = null,
                ParentSpanId = 2,
            },
        ];
        Raise(memory, 1, circle);

        Raise(memory, 2, [.. rows[3..6], rows[0]]).ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_newest_spans_are_kept()
    {
        var rows = SpanShape.Rows(Loop);
        var memory = new OpenSegments();
        for (var trace = 1; trace <= 10_000; trace++)
        {
            Raise(memory, trace, [.. rows[1..6].Select(row => row with { TraceId = (UInt128)trace })]);
        }

        memory.Find(rows[0].ProjectId, 1).ShouldBeEmpty();
        memory.Find(rows[0].ProjectId, 10_000).ShouldHaveSingleItem();
    }

    [Fact]
    public void Of_one_trace_no_more_is_kept_than_a_search_can_look_at()
    {
        var rows = SpanShape.Rows(Loop);
        var memory = new OpenSegments();
        for (var item = 1; item <= 1_000; item++)
        {
            Raise(memory, item, rows[1..6]);
        }

        memory.Find(rows[0].ProjectId, rows[0].TraceId).Sum(spans => spans.Rows.Count).ShouldBe(2_000);
    }

    [Fact]
    public void A_loop_in_two_containers_is_found_with_the_second()
    {
        var memory = new SegmentMemory();
        var queries = Enumerable.Range(1, 8).Select(Query).ToList();
        var first = SomeTraces.Spans(SomeTraces.Container([.. queries.Take(4)]), memory: memory);
        var second = SomeTraces.Spans(SomeTraces.Container([.. queries.Skip(4), Head()]), memory: memory);

        first.Raised.ShouldBeEmpty();
        second.Raised.ShouldHaveSingleItem().Sighting!.Type.ShouldBe("performance_n_plus_one_db_queries");
    }

    /// <summary>In the middle of a batch items are prepared at the same time; who asks too early is prepared again.</summary>
    [Fact]
    public void An_item_whose_spans_were_asked_for_too_early_makes_the_other_one_outdated()
    {
        var memory = new SegmentMemory();
        var head = SomeTraces.Spans(SomeTraces.Container(Head()), memory: memory);
        head.IsOutdated.ShouldBeFalse();

        SomeTraces.Spans(SomeTraces.Container([.. Enumerable.Range(1, 8).Select(Query)]), memory: memory);

        head.IsOutdated.ShouldBeTrue();
    }

    [Fact]
    public void What_an_item_leaves_itself_does_not_make_it_outdated()
    {
        var both = SomeTraces.Spans(
            SomeTraces.Container(Head(), Query(1).Replace("00000000000000aa", "00000000000000bb", StringComparison.Ordinal)),
            memory: new()
        );

        both.IsOutdated.ShouldBeFalse();
    }

    static string Head() =>
        SomeTraces.Streamed("aa", "GET /books", SomeTraces.Attribute("sentry.op", "http.server"), """ "is_segment":true, """);

    static string Query(int number) =>
        $$"""
            {"trace_id":"{{SomeTraces.TraceId}}","span_id":"{{number:x16}}","parent_span_id":"00000000000000aa","status":"ok",
            "name":"{{(number == 1 ? "SELECT id FROM books" : "SELECT name FROM authors WHERE id = 1")}}",
            "start_timestamp":{{SomeTraces.Start + number * 0.02}},"end_timestamp":{{SomeTraces.Start + number * 0.02 + 0.015}},
            "attributes":{"sentry.op":{"value":"db","type":"string"},"db.system.name":{"value":"postgresql","type":"string"},
            "sentry.segment.id":{"value":"00000000000000aa","type":"string"} } }
            """;

    static IReadOnlyList<PreparedItem> Raise(OpenSegments memory, int item, IReadOnlyList<SpanRow> rows)
    {
        var context = SomeErrors.Context("span");
        var id = EventId.From(0, item);
        var join = new SegmentJoin(memory, id);
        var raised = Tocsin.Server.Traces.Detectors.Problems.Raise(context, id, rows, join);
        join.Tell();
        return raised;
    }

    static List<string> Told(IReadOnlyList<PreparedItem> raised) =>
        [.. raised.Select(item => $"{item.Sighting!.Type} {item.Sighting.Hashes[0]}").Distinct()];
}
