using static Tocsin.Telemetry.Query.Expression;

namespace Tocsin.Telemetry.Query;

/// <summary>
/// Sums of the runs of transactions: what lists of transactions are made by, with how many there were, how many failed, how many within two
/// thresholds, a sketch of their durations and the sets of their users. Users are exact up to 8 192 and within 2 % beyond.
/// </summary>
sealed class RunSums : Sums
{
    /// <summary>Durations up to these are told apart exactly, in milliseconds: the usual threshold of apdex, and four times as much.</summary>
    const double Satisfying = 300;

    const double Borne = 4 * Satisfying;

    const string Segment = "is_segment";
    const string Duration = "duration";
    const string Failed = "failed_runs";
    const string Satisfied = "satisfied_runs";
    const string BorneRuns = "borne_runs";
    const string Users = "users";
    const string Miserable = "miserable_users";

    /// <summary>How many there were.</summary>
    const string Count = "runs";

    public override SumTables Tables { get; } =
        new(
            "transactions",
            ["segments"],
            [SumStep.Day, SumStep.FourHours],
            [new("project_id", "BIGINT"), new("transaction_name"), new("op"), new("transaction_op"), new("environment")],
            [
                SumColumn.Counted(Count, "TRUE"),
                SumColumn.Counted(Failed, "failed"),
                SumColumn.Counted(Satisfied, $"duration <= {1000 * Satisfying}"),
                SumColumn.Counted(BorneRuns, $"duration > {1000 * Satisfying} AND duration <= {1000 * Borne}"),
                SumColumn.Durations,
                new(Users, "BLOB", "user_set(user_key)", $"user_set_all({Users})"),
                new(
                    Miserable,
                    "BLOB",
                    $"user_set(user_key) FILTER (WHERE duration > {1000 * Borne})",
                    $"user_set_all({Miserable})"
                ),
                SumColumn.Sampled,
            ]
        );

    protected override bool IsAbout(Filter? where) =>
        where is not null
        && IsOfSegments(where)
        && where.Expressions().All(expression => IsKey(expression) || Is(expression, Segment));

    static bool IsOfSegments(Filter where) => where is Filter.And and ? and.Parts.Any(IsOfSegments) : IsTrue(where, Segment);

    public override SumSql? Write(Aggregate aggregate) =>
        aggregate switch
        {
            { Kind: AggregateKind.Count, Argument: null, If: null } => Counted(Count),
            { Kind: AggregateKind.Count, Argument: null, If: var only } when IsTrue(only, "failed") => Counted(Failed),
            { Kind: AggregateKind.Count, Argument: null, If: { } only } when IsUpTo(only, Satisfying) => Counted(Satisfied),
            { Kind: AggregateKind.Count, Argument: null, If: Filter.And { Parts: [var from, var to] } }
                when IsAbove(from, Satisfying) && IsUpTo(to, Borne) => Counted(BorneRuns),
            { Kind: AggregateKind.CountDistinct, Argument: { } of, If: null } when Is(of, "user_key") => Distinct(Users),
            { Kind: AggregateKind.CountDistinct, Argument: { } of, If: { } only }
                when Is(of, "user_key") && IsAbove(only, Borne) => Distinct(Miserable),
            _ => null,
        };

    static SumSql Distinct(string column) => new($"user_count(user_set_all({column}))", column);

    static bool IsUpTo(Filter filter, double milliseconds) => Compares(filter, Comparison.LessOrEqual, milliseconds);

    static bool IsAbove(Filter filter, double milliseconds) => Compares(filter, Comparison.Greater, milliseconds);

    static bool Compares(Filter filter, Comparison comparison, double milliseconds) =>
        filter is Filter.Compare { Value: double limit } compare
        && compare.Operator == comparison
        && limit == milliseconds
        && Is(compare.Left, Duration);
}
