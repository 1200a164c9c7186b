using Tocsin.Server.Api;
using Tocsin.Server.Issues.Merging;
using Tocsin.Server.Metadata;
using Tocsin.Server.Traces;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;
using ApdexThreshold = Tocsin.Server.Explore.ApdexThreshold;

namespace Tocsin.Server.Performance;

/// <summary>Asks the telemetry for the figures of transactions, and for what stands beside them in a list.</summary>
sealed class TransactionQueries(TelemetryStore telemetry, MetadataDb metadata, MergedIssues merged)
{
    /// <summary>Transactions of one list: their names hold no ids, so more are a mistake of instrumentation, of which the rarest are left out.</summary>
    public const int MostTransactions = 10_000;

    const int MostRows = 100_000;

    static readonly Expression Issue = SpanField.Of("issue.id");

    static readonly Ordering[] Commonest =
    [
        new(Expression.Count, true),
        .. TransactionFigures.Keys.Select(key => new Ordering(key, false)),
    ];

    /// <summary>
    /// How often each ran and one figure more, if one is asked for. In no order, as the list has one of its own; that of the store is asked for only
    /// where some are left out.
    /// </summary>
    public async Task<Answer<IReadOnlyList<RankedTransaction>>> AllAsync(
        SpanScope runs,
        Expression? figure,
        CancellationToken cancellation
    )
    {
        IEnumerable<Selected> asked = figure is null ? [] : [new("figure", figure)];
        var query = Transactions(runs, [new("count", Expression.Count), .. asked]) with { Limit = MostTransactions };
        var result = await telemetry.QueryAsync(query, cancellation);
        if (result.Rows.Count == MostTransactions)
        {
            result = await telemetry.QueryAsync(query with { OrderBy = Commonest }, cancellation);
        }
        var all = result
            .Rows.Select(row => new Cells(row))
            .Select(cells => new RankedTransaction(
                TransactionFigures.KeyOf(cells),
                cells.Number(),
                figure is null ? null : cells.MaybeReal()
            ));
        return new([.. all], AnswerNotes.Of(result));
    }

    /// <summary>A page of them and the one behind it, sorted by the store.</summary>
    /// <param name="withFigures">Whether their figures are read at once, as those that sort them are among them.</param>
    public async Task<Answer<FoundTransactions>> PageAsync(
        SpanScope runs,
        IReadOnlyList<Ordering> order,
        bool withFigures,
        PageRequest page,
        CancellationToken cancellation
    )
    {
        var result = await telemetry.QueryAsync(
            Transactions(runs, withFigures ? TransactionFigures.Columns : []) with
            {
                OrderBy = order,
                Limit = page.Limit + 1,
                Offset = page.Offset,
                CountsGroups = true,
            },
            cancellation
        );
        List<TransactionKey> keys = [.. result.Rows.Select(row => TransactionFigures.KeyOf(new(row)))];
        return new(
            new(keys, result.Groups) { Figures = withFigures ? Task.FromResult(FiguresOf(result)) : null },
            AnswerNotes.Of(result)
        );
    }

    public async Task<Answer<IReadOnlyDictionary<TransactionKey, TransactionFigures>>> FiguresAsync(
        SpanScope runs,
        CancellationToken cancellation
    ) =>
        FiguresOf(
            await telemetry.QueryAsync(Transactions(runs, TransactionFigures.Columns) with { Limit = MostRows }, cancellation)
        );

    static Answer<IReadOnlyDictionary<TransactionKey, TransactionFigures>> FiguresOf(TelemetryResult result) =>
        new(result.Rows.Select(TransactionFigures.Read).ToDictionary(figures => figures.Key), AnswerNotes.Of(result));

    static TelemetryQuery Transactions(SpanScope runs, IReadOnlyList<Selected> figures) =>
        runs.Query([.. TransactionFigures.KeyColumns, .. figures]) with
        {
            GroupBy = TransactionFigures.Keys,
        };

    /// <summary>One question for each threshold of apdex that they are judged by: sums of runs tell the usual one.</summary>
    public async Task<Answer<IReadOnlyDictionary<TransactionKey, UserFigures>>> UsersAsync(
        SpanScope runs,
        CancellationToken cancellation
    )
    {
        var found = new Dictionary<TransactionKey, UserFigures>();
        var notes = AnswerNotes.None;
        foreach (var part in ApdexThreshold.Of(runs.Projects).Parts)
        {
            var users = await UsersOfAsync(runs.And(part.Runs), part.Milliseconds, cancellation);
            notes = notes.With(users.Notes);
            foreach (var (key, figures) in users.Value)
            {
                found.Add(key, figures);
            }
        }
        return new(found, notes);
    }

    async Task<Answer<IReadOnlyDictionary<TransactionKey, UserFigures>>> UsersOfAsync(
        SpanScope runs,
        double threshold,
        CancellationToken cancellation
    )
    {
        var result = await telemetry.QueryAsync(
            Transactions(runs, UserFigures.Columns(ApdexThreshold.Of(threshold))) with
            {
                Limit = MostRows,
            },
            cancellation
        );
        return new(
            result.Rows.Select(row => new Cells(row)).ToDictionary(TransactionFigures.KeyOf, UserFigures.Read),
            AnswerNotes.Of(result)
        );
    }

    /// <summary>The p95 of each.</summary>
    public async Task<Answer<IReadOnlyDictionary<TransactionKey, double>>> SlownessAsync(
        SpanScope runs,
        CancellationToken cancellation
    )
    {
        var result = await telemetry.QueryAsync(
            Transactions(runs, [new("p95", Figure.P95)]) with
            {
                Limit = MostRows,
            },
            cancellation
        );
        return new(
            result.Rows.Select(row => new Cells(row)).ToDictionary(TransactionFigures.KeyOf, cells => cells.Real()),
            AnswerNotes.Of(result)
        );
    }

    /// <summary>The p95 of each, step by step.</summary>
    public async Task<Answer<ILookup<TransactionKey, (long Begin, double P95)>>> TrendsAsync(
        SpanScope runs,
        Steps steps,
        CancellationToken cancellation
    )
    {
        var result = await telemetry.QueryAsync(
            runs.Query([.. TransactionFigures.KeyColumns, new("step", steps.Bucket), new("p95", Figure.P95)]) with
            {
                GroupBy = [.. TransactionFigures.Keys, steps.Bucket],
                Limit = MostRows,
            },
            cancellation
        );
        return new(
            result
                .Rows.Select(row => new Cells(row))
                .Select(cells => (Key: TransactionFigures.KeyOf(cells), Point: (cells.Number(), cells.Real())))
                .ToLookup(one => one.Key, one => one.Point),
            AnswerNotes.Of(result)
        );
    }

    /// <summary>
    /// How many unresolved issues have events that name the transaction, in the environments that are asked for; of these transactions, or of all when
    /// there are none given.
    /// </summary>
    public async Task<Answer<IReadOnlyDictionary<(long ProjectId, string Transaction), int>>> IssueCountsAsync(
        SpanScope scope,
        IReadOnlyList<string> transactions,
        CancellationToken cancellation
    )
    {
        Filter named =
            transactions.Count == 0
                ? new Filter.Has(SpanField.Transaction)
                : new Filter.In(SpanField.Transaction, [.. transactions]);
        var result = await telemetry.QueryAsync(
            new()
            {
                Dataset = Dataset.Events,
                Projects = scope.ProjectIds,
                Merged = await merged.OfProjectsAsync(scope.ProjectIds, cancellation),
                Range = scope.Range,
                Where = new Filter.And([named, .. scope.OfEvents()]),
                Select = [new("project", SpanField.ProjectId), new("transaction", SpanField.Transaction), new("issue", Issue)],
                GroupBy = [SpanField.ProjectId, SpanField.Transaction, Issue],
                Limit = MostRows,
            },
            cancellation
        );
        var pairs = result
            .Rows.Select(row => new Cells(row))
            .Select(cells => (Project: cells.Number(), Transaction: cells.Text() ?? "", Issue: cells.Number()))
            .ToList();
        var open = pairs.Count > 0 ? await UnresolvedAsync(scope, cancellation) : [];
        return new(
            pairs.Where(pair => open.Contains(pair.Issue)).CountBy(pair => (pair.Project, pair.Transaction)).ToDictionary(),
            AnswerNotes.Of(result)
        );
    }

    async Task<HashSet<long>> UnresolvedAsync(SpanScope scope, CancellationToken cancellation)
    {
        await using var connection = await metadata.OpenAsync(cancellation);
        var sql =
            $"SELECT id FROM issues WHERE project_id IN {SqlList.Of(scope.ProjectIds)} AND status = 'unresolved' AND last_seen >= @From";
        var found = await Dapper.SqlMapper.QueryAsync<long>(
            connection,
            new(sql, new { scope.Range.From }, cancellationToken: cancellation)
        );
        return [.. found];
    }
}
