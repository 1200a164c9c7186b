using static Tocsin.Telemetry.Query.Expression;

namespace Tocsin.Telemetry.Query;

/// <summary>
/// Sums of the groups of spans: what usual durations and the service map are made by, with how many there were, how many failed, how long they
/// took together and alone, and a sketch of how long each did. Transactions are no key of it: with them a row would stand for hardly more
/// than one span. Days are made when the day is closed: what is written anew while it is open would be as much as the spans.
/// </summary>
sealed class GroupSums : Sums
{
    const string Spans = "span_count";
    const string Failed = "failed_spans";
    const string Duration = "duration_sum";
    const string SelfTime = "self_time_sum";
    const string Name = "group_name";

    public override SumTables Tables { get; } =
        new(
            "groups",
            ["segments", "spans"],
            [SumStep.Day],
            [
                new("project_id", "BIGINT"),
                new("group_hash", "BIGINT"),
                new("is_segment", "BOOLEAN"),
                new("environment"),
                new("service"),
                new("op"),
                new("category"),
                new("domain"),
                new("action"),
            ],
            [
                SumColumn.Counted(Spans, "TRUE"),
                SumColumn.Counted(Failed, "failed"),
                new(Duration, "DOUBLE", "sum(duration * weight)", $"sum({Duration})"),
                new(SelfTime, "DOUBLE", "sum(self_time * weight)", $"sum({SelfTime})"),
                SumColumn.Durations,
                new(Name, "VARCHAR", $"any_value({Name})", $"any_value({Name})"),
                SumColumn.Sampled,
            ]
        )
        {
            Part = "group_hash // 1152921504606846976",
        };

    protected override bool IsAbout(Filter? where) => (where?.Expressions() ?? []).All(IsKey);

    public override SumSql? Write(Aggregate aggregate) =>
        (aggregate, ColumnOf(aggregate.Argument)) switch
        {
            ({ Kind: AggregateKind.Count, Argument: null, If: null }, _) => Counted(Spans),
            ({ Kind: AggregateKind.Count, Argument: null, If: var only }, _) when IsTrue(only, "failed") => Counted(Failed),
            ({ Kind: AggregateKind.Sum, If: null }, { } of) when TimeOf(of) is { } sum => new($"(sum({sum}) / 1e3)", sum),
            ({ Kind: AggregateKind.Avg, If: null }, { } of) when TimeOf(of) is { } sum => new(
                $"(sum({sum}) / 1e3 / sum({Spans}))",
                sum,
                Spans
            ),
            ({ Kind: AggregateKind.Any, If: null }, Name) => new($"any_value({Name})", Name),
            _ => null,
        };

    static string? TimeOf(string column) =>
        column switch
        {
            "duration" => Duration,
            "self_time" => SelfTime,
            _ => null,
        };
}
