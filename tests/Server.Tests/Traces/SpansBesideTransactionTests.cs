using Server.Tests.Errors;
using Server.Tests.Pipeline;
using Server.Tests.Projects;
using Tocsin.Journal;
using Tocsin.Protocol;
using Tocsin.Server.Gateway;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry.Rows;
using static Server.Tests.Traces.SomeTraces;

namespace Server.Tests.Traces;

/// <summary>Streamed spans in the envelope of their transaction: what clients make of <c>gen_ai</c> spans; see the captured <c>node10-tx</c>.</summary>
public sealed class SpansBesideTransactionTests : IAsyncLifetime
{
    const string SpanContainer = "application/vnd.sentry.items.span.v2+json";
    const string Model = """ "gen_ai.request.model":{"value":"gpt-x","type":"string"} """;

    static readonly EventId Id = EventId.TryParse("9ec79c33ec9942ab8353589fcb2e04dc", out var id) ? id : default;

    SomeProjects projects = null!;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_streamed_span_below_the_transaction_of_its_envelope_belongs_to_it(bool first)
    {
        var spans = Container(Streamed("e1", "gpt", Model, Below("bb")), Streamed("e2", "tool", Model, Below("e1")));
        var transaction = TransactionJson(
            """ "release":"shop@1","transaction_info":{"source":"route"}, """,
            SpanJson("bb", "aa", 10, 500),
            name: "POST /ask"
        );

        var rows = Rows(Envelope(spans, transaction, first));

        foreach (var row in rows.Where(row => row.SpanId is 0xe1 or 0xe2))
        {
            (row.SegmentId, row.IsSegment).ShouldBe((0xaa, false));
            (row.Transaction, row.TransactionOp, row.Release, row.Platform).ShouldBe(
                ("POST /ask", "http.server", "shop@1", "python")
            );
            row.EventId.ShouldBe(Id.Value);
        }
        rows.Select(row => row.SpanId).ShouldBe([0xaa, 0xbb, 0xe1, 0xe2], ignoreOrder: true);
    }

    [Fact]
    public void A_span_that_names_the_transaction_as_its_segment_takes_its_name()
    {
        var named = Streamed("e1", "gpt", Attribute("sentry.segment.id", "00000000000000aa"), Below("ffff"));

        var row = Rows(Envelope(Container(named), TransactionJson(), first: true)).Single(row => row.SpanId == 0xe1);

        (row.SegmentId, row.Transaction).ShouldBe((0xaa, "GET /cart"));
    }

    [Fact]
    public void A_span_of_another_segment_is_not_drawn_to_the_transaction_beside_it()
    {
        var spans = Container(
            Streamed("e1", "unknown", Model, Below("ffff")),
            Streamed("e2", "circle", Model, Below("e3")),
            Streamed("e3", "circle", Model, Below("e2")),
            Streamed("e4", "other trace", Model, Below("aa"), "cd368bff603248dd93ce03dfa84ebc05"),
            Streamed("e5", "other segment", Attribute("sentry.segment.id", "00000000000000cc"), Below("aa"))
        );

        var rows = Rows(Envelope(spans, TransactionJson(), first: true)).Where(row => row.SpanId >= 0xe1).ToList();

        rows.Select(row => row.SegmentId).ShouldBe([null, null, null, null, 0xcc]);
        rows.ShouldAllBe(row => row.Transaction == "head of the trace");
    }

    static string Below(string parent) => $$""" "parent_span_id":"{{parent.PadLeft(16, '0')}}","is_segment":false, """;

    static SomeEnvelope Envelope(string spans, string transaction, bool first)
    {
        var envelope = new SomeEnvelope(Id) { Trace = new() { ["transaction"] = "head of the trace" } };
        return first
            ? WithSpans(envelope.With("transaction", transaction))
            : WithSpans(envelope).With("transaction", transaction);

        SomeEnvelope WithSpans(SomeEnvelope to) => to.With("span", spans, new() { ["content_type"] = SpanContainer });
    }

    List<SpanRow> Rows(SomeEnvelope envelope)
    {
        var receipt = new Receipt
        {
            Door = Door.Envelope,
            ProjectId = projects.Directory.All.Single().Id,
            Received = SomeErrors.Now.ToUnixTimeMilliseconds() * 1000,
        };
        var body = envelope.ToBytes();
        var batch = new Batch(0, 20261121);
        var preparation = new Preparation(projects.Directory, Pipelines, new());
        preparation.Unpack(batch, [new(new JournalRecord(1, body), receipt, body)]).ShouldBe(1);
        preparation.Prepare(batch);
        return [.. batch.Items.Where(item => item.Prepared is not null).SelectMany(item => item.Prepared!.Spans)];
    }

    public async ValueTask InitializeAsync()
    {
        projects = await SomeProjects.CreateAsync();
        await projects.CreateAsync("Shop");
        await projects.Directory.RefreshAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => projects.DisposeAsync();
}
