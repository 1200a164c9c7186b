namespace Tocsin.Telemetry.Query;

/// <summary>A value per row or per group.</summary>
public abstract record Expression
{
    Expression() { }

    /// <summary>A column by its public name: <c>project.id</c>, <c>issue.id</c>, <c>id</c>, <c>timestamp</c>, <c>release</c>, <c>user</c>, <c>error.type</c>…</summary>
    public sealed record Field(string Name) : Expression;

    /// <summary>A tag's value as text; null where the event has none. Promoted tags become their column.</summary>
    public sealed record Tag(string Key) : Expression;

    /// <summary>The timestamp rounded down to a multiple of the step since 1970.</summary>
    public sealed record Bucket(TimeSpan Step) : Expression;

    /// <summary>Count without an argument counts rows.</summary>
    public sealed record Aggregate(AggregateKind Kind, Expression? Argument = null) : Expression;

    /// <summary>The value of Of in the row where By is smallest or largest.</summary>
    public sealed record Arg(bool Max, Expression Of, Expression By) : Expression;

    public static Expression Count { get; } = new Aggregate(AggregateKind.Count);
}

public enum AggregateKind
{
    Count,
    CountDistinct,
    Sum,
    Min,
    Max,
    Avg,
}
