using Tocsin.Server.Access;
using Tocsin.Server.Issues;
using Tocsin.Server.Issues.Merging;
using Tocsin.Server.Projects;
using Tocsin.Server.Traces.Trees;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Traces;

/// <summary>Reads a trace: its spans from all projects of the organisation, its errors, and the issues behind them.</summary>
sealed class TraceReading(TelemetryStore telemetry, IssueQueries issues, MergedIssues merged)
{
    const int MostEvents = 1_000;

    static readonly string[] EventNames =
    [
        "id",
        "project.id",
        "issue.id",
        "timestamp",
        "title",
        "level",
        "culprit",
        "transaction",
        "span",
    ];

    /// <param name="more">Fields and attributes to read of each span beside what every trace shows.</param>
    /// <returns>Null: no span and no event of it has arrived. Where some may be in what could not be read, an empty one.</returns>
    public async Task<Trace?> ReadAsync(
        Tenant tenant,
        ProjectDirectory directory,
        UInt128 id,
        int limit,
        CancellationToken cancellation,
        params IReadOnlyList<string> more
    )
    {
        var wanted = new TraceAttributes(more);
        var projects = directory.Of(tenant.Organization.Id).ToDictionary(project => project.Id);
        var scope = new SpanScope([.. projects.Values], TimeRange.All, [SpanField.TraceId.Is(id)]);
        var reading = telemetry.QueryAsync(
            scope.Query([.. TraceSpanRow.Columns, .. wanted.Columns]) with
            {
                OrderBy = [new(SpanField.Timestamp, false), new(SpanField.SpanId, false)],
                Limit = limit + 1,
            },
            cancellation
        );
        var events = await EventsAsync(scope, cancellation);
        var spans = await reading;
        var partial = spans.Partial || events.Partial;
        if (spans.Rows.Count == 0 && events.Rows.Count == 0 && !partial)
        {
            return null;
        }
        var tree = TraceTree.Of(spans.Rows.Take(limit).Select(row => TraceSpanRow.Read(row) with { More = wanted.Read(row) }));
        var skew = ClockSkew.Settle(tree);
        var places = new EventPlaces(tree);
        IReadOnlyList<TraceEvent> found =
        [
            .. events
                .Rows.Take(MostEvents)
                .Select(EventOf)
                .Select(one => one.MovedBy(places.Of(one)?.Shift ?? 0))
                .OrderBy(one => one.Timestamp),
        ];
        var named = found.Select(one => one.IssueId).Distinct().ToList();
        var rows =
            named.Count == 0 ? [] : await issues.FindAsync(IssueFilterRequest.ScopeOf(tenant, directory), named, cancellation);
        return new()
        {
            Id = id,
            Tree = tree,
            Skew = skew,
            Events = found,
            Issues = rows.ToDictionary(row => row.Id),
            Projects = projects,
            Truncated = spans.Rows.Count > limit,
            HasMoreEvents = events.Rows.Count > MostEvents,
            Partial = partial,
        };
    }

    async Task<TelemetryResult> EventsAsync(SpanScope scope, CancellationToken cancellation) =>
        await telemetry.QueryAsync(
            new()
            {
                Dataset = Dataset.Events,
                Projects = scope.ProjectIds,
                Merged = await merged.OfProjectsAsync(scope.ProjectIds, cancellation),
                Range = scope.Range,
                // The trace's field has the same name in both datasets.
                Where = new Filter.And(scope.Conditions),
                Select = [.. EventNames.Select(name => new Selected(name, SpanField.Of(name)))],
                OrderBy = [new(SpanField.Timestamp, false), new(SpanField.Of("id"), false)],
                Limit = MostEvents + 1,
            },
            cancellation
        );

    static TraceEvent EventOf(IReadOnlyList<object?> row)
    {
        var cells = new Cells(row);
        return new(
            cells.Id() ?? 0,
            cells.Number(),
            cells.Number(),
            cells.Number(),
            cells.Text() ?? "",
            cells.Text() ?? "error",
            cells.Text(),
            cells.Text(),
            cells.MaybeNumber()
        );
    }
}
