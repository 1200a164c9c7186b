using Tocsin.Protocol.Traces;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;
using Tocsin.Server.Releases;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Traces.Regressions;

/// <summary>
/// Compares the endpoints of each project's newest release with those of the release before, environment by environment. Where the telemetry can
/// answer only in part it finds nothing: the next look may.
/// </summary>
sealed class RegressionSearch(
    TelemetryStore telemetry,
    ReleaseQueries releases,
    ProjectDirectory projects,
    RegressionOptions options,
    TimeProvider time
)
{
    const int MostRows = 100_000;

    /// <summary>Of one look; each costs a query.</summary>
    const int MostSuspects = 100;

    static readonly Expression P95 = new Expression.Quantile(SpanField.Duration, 0.95);

    static readonly Expression[] Keys =
    [
        SpanField.ProjectId,
        SpanField.Transaction,
        SpanField.Op,
        SpanField.Environment,
        SpanField.Release,
    ];

    static readonly Selected[] Columns =
    [
        .. Keys.Select((key, i) => new Selected($"key{i}", key)),
        new("count", Expression.Count),
        new("weight", new Expression.Aggregate(AggregateKind.Avg, SpanField.Weight)),
        new("p95", P95),
    ];

    /// <summary>The endpoints whose p95 rose, the most first; several environments of one may be among them.</summary>
    public async Task<IReadOnlyList<Suspect>> SuspectsAsync(CancellationToken cancellation)
    {
        var now = Microseconds.Now(time);
        var fresh = now - Microseconds.From(options.Watched);
        var limits = projects
            .All.Select(project => (project.Id, Limits: RegressionLimits.Of(project.Options)))
            .Where(project => project.Limits is not null)
            .ToDictionary(project => project.Id, project => project.Limits!);
        var live = (await releases.LiveAsync(now, cancellation))
            .GroupBy(release => release.ProjectId)
            .Where(project => limits.ContainsKey(project.Key))
            .Where(project => project.Any(release => release.Live >= fresh) && project.Skip(1).Any())
            .ToDictionary(
                project => project.Key,
                project => project.ToDictionary(release => release.Version, release => release.Live)
            );
        if (live.Count == 0)
        {
            return [];
        }
        var range = new TimeRange(now - Microseconds.From(options.Window), now + 1);
        return
        [
            .. (await RunsAsync(live, range, cancellation))
                .GroupBy(one => one.Endpoint, one => one.Runs)
                .Select(runs =>
                    SuspectOf(runs.Key, [.. runs.OrderByDescending(side => side.Live)], limits[runs.Key.ProjectId], range)
                )
                .OfType<Suspect>()
                .Where(suspect => suspect.After.Live >= fresh)
                .OrderByDescending(suspect => suspect.After.P95 / suspect.Before.P95)
                .Take(MostSuspects),
        ];
    }

    async Task<IEnumerable<(Endpoint Endpoint, EndpointRuns Runs)>> RunsAsync(
        Dictionary<long, Dictionary<string, long>> live,
        TimeRange range,
        CancellationToken cancellation
    )
    {
        var result = await telemetry.QueryAsync(
            new()
            {
                Dataset = Dataset.Spans,
                Projects = [.. live.Keys],
                Range = range,
                Where = new Filter.And([
                    SpanField.IsSegment.Is(true),
                    new Filter.Has(SpanField.Transaction),
                    new Filter.Has(SpanField.Release),
                ]),
                Select = Columns,
                GroupBy = Keys,
                Limit = MostRows,
            },
            cancellation
        );
        return result.Partial ? [] : result.Rows.Select(row => Read(row, live)).Where(one => one.Runs.Live > 0);
    }

    /// <param name="sides">The newest release first.</param>
    static Suspect? SuspectOf(Endpoint endpoint, IReadOnlyList<EndpointRuns> sides, RegressionLimits limits, TimeRange range) =>
        sides.Skip(1).FirstOrDefault(side => side.Runs >= limits.Runs) is { } before
        && RegressionRule.Suspects(before, sides[0], limits)
            ? new(endpoint, before, sides[0], limits, range)
            : null;

    static (Endpoint Endpoint, EndpointRuns Runs) Read(
        IReadOnlyList<object?> row,
        Dictionary<long, Dictionary<string, long>> live
    )
    {
        var cells = new Cells(row);
        var endpoint = new Endpoint(cells.Number(), cells.Text() ?? "", cells.Text() ?? "", cells.Text());
        var release = cells.Text() ?? "";
        // The mean is weighted too, so that rows of different weights count as what they are worth.
        var runs = cells.Real() / Math.Max(1, cells.Real());
        return (endpoint, new(release, live[endpoint.ProjectId].GetValueOrDefault(release), runs, cells.Real()));
    }

    /// <summary>Null: it may be chance.</summary>
    public async Task<Slowdown?> ProveAsync(Suspect suspect, CancellationToken cancellation)
    {
        var (endpoint, before, after, limits, range) = suspect;
        var slow = new Filter.Compare(SpanField.Duration, Comparison.Greater, before.P95);
        var result = await telemetry.QueryAsync(
            new()
            {
                Dataset = Dataset.Spans,
                Projects = [endpoint.ProjectId],
                Range = range,
                Where = new Filter.And([
                    SpanField.IsSegment.Is(true),
                    SpanField.Transaction.Is(endpoint.Transaction),
                    SpanField.Op.Is(endpoint.Op),
                    endpoint.Environment is { } environment
                        ? SpanField.Environment.Is(environment)
                        : new Filter.Not(new Filter.Has(SpanField.Environment)),
                    new Filter.In(SpanField.Release, [before.Release, after.Release]),
                ]),
                Select =
                [
                    new("release", SpanField.Release),
                    new("slow", Expression.CountIf(slow) / Expression.Count),
                    new("trace", new Expression.Arg(true, SpanField.TraceId, SpanField.Duration)),
                    new("span", new Expression.Arg(true, SpanField.SpanId, SpanField.Duration)),
                ],
                GroupBy = [SpanField.Release],
            },
            cancellation
        );
        var sides = result.Rows.ToDictionary(row => (string)row[0]!);
        return
            !result.Partial
            && sides.TryGetValue(before.Release, out var earlier)
            && sides.TryGetValue(after.Release, out var later)
            && RegressionRule.Proves(before, Share(earlier), after, Share(later), options)
            ? new()
            {
                ProjectId = endpoint.ProjectId,
                Transaction = endpoint.Transaction,
                Op = endpoint.Op,
                Environment = endpoint.Environment,
                Release = after.Release,
                Before = before.Release,
                Since = after.Live,
                P95Before = before.P95,
                P95 = after.P95,
                RunsBefore = (long)before.Runs,
                Runs = (long)after.Runs,
                Limits = limits,
                TraceId = later[2] is UInt128 trace ? HexId.Format(trace) : null,
                SpanId = later[3] is { } span ? HexId.Format(Convert.ToInt64(span, null)) : null,
            }
            : null;
    }

    static double Share(IReadOnlyList<object?> row) => Convert.ToDouble(row[1] ?? 0.0, null);
}
