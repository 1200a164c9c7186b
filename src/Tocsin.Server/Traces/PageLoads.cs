using Tocsin.Server.Api;
using Tocsin.Server.Traces.Shapes;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Traces;

/// <summary>Who loaded the page of a trace, and with what. Of thousands of spans one row tells it, so that it is read apart.</summary>
sealed class PageLoads(TelemetryStore telemetry)
{
    static readonly string[] Names =
    [
        "browser.name",
        "browser.version",
        "os.name",
        "device.class",
        "connection",
        "country",
        "user",
    ];

    static readonly IReadOnlyList<Selected> Columns = [.. Names.Select(name => new Selected(name, SpanField.Of(name)))];

    /// <summary>Of several the first. Null: the trace has none, or its row could not be read.</summary>
    public async Task<Answer<PageLoadShape?>> FirstAsync(Trace trace, CancellationToken cancellation)
    {
        var loads = trace.Tree.Nodes.Where(node => node.Span is { IsSegment: true, Op: "pageload" });
        if (loads.MinBy(node => node.Start)?.Span is not { } first)
        {
            return new(null, AnswerNotes.None);
        }
        var scope = new SpanScope(
            [trace.Projects[first.ProjectId]],
            new(first.Start, first.Start + 1),
            [SpanField.TraceId.Is(trace.Id), SpanField.SpanId.Is(first.SpanId), SpanField.IsSegment.Is(true)]
        );
        var found = await telemetry.QueryAsync(scope.Query(Columns) with { Limit = 1 }, cancellation);
        return new(found.Rows is [var row] ? Shape(new(row)) : null, AnswerNotes.Of(found));
    }

    // The initialisers run in the order in which they are written, which is that of the columns.
    static PageLoadShape Shape(Cells cells) =>
        new()
        {
            Browser = cells.Text(),
            BrowserVersion = cells.Text(),
            Os = cells.Text(),
            Device = cells.Text(),
            Connection = cells.Text(),
            Country = cells.Text(),
            User = cells.Text(),
        };
}
