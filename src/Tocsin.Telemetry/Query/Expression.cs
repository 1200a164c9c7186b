namespace Tocsin.Telemetry.Query;

/// <summary>A value per row or per group.</summary>
public abstract record Expression
{
    Expression() { }

    /// <summary>A column by its public name: <c>project.id</c>, <c>issue.id</c>, <c>id</c>, <c>timestamp</c>, <c>release</c>, <c>user</c>, <c>error.type</c>…</summary>
    public sealed record Field(string Name) : Expression;

    /// <summary>A tag's (of a span: an attribute's) value as text; null where the row has none. Promoted tags become their column.</summary>
    public sealed record Tag(string Key) : Expression;

    /// <summary>A span's measurement by its short name, in the client's unit; <see cref="Dataset.Spans"/> only.</summary>
    public sealed record Measurement(string Name) : Expression;

    /// <summary>The number that a text is, a truth as 0 or 1; null where it is none.</summary>
    public sealed record Number(Expression Of) : Expression;

    /// <summary>A whole number, or the one that it stands for.</summary>
    public sealed record Renamed(Expression Of, IReadOnlyDictionary<long, long> Names) : Expression;

    public sealed record Constant(double Value) : Expression;

    /// <summary>The timestamp rounded down to a multiple of the step since 1970.</summary>
    public sealed record Bucket(TimeSpan Step) : Expression;

    /// <summary>
    /// Count without an argument counts rows, with one the rows that have it. Rows that stand for several, by sampling, count as many for
    /// Count, Sum and Avg.
    /// </summary>
    public sealed record Aggregate(AggregateKind Kind, Expression? Argument = null) : Expression
    {
        /// <summary>Null, or which rows of the group count.</summary>
        public Filter? If { get; init; }
    }

    /// <summary>Share: 0 to 1. Exact, or within 1 % where sums answer, rows stand for several or memory is short.</summary>
    public sealed record Quantile(Expression Of, double Share) : Expression
    {
        public Filter? If { get; init; }
    }

    /// <summary>All values of Of, as a <see cref="Distribution"/>. Nothing is ordered, grouped or chosen by it.</summary>
    public sealed record Spread(Expression Of) : Expression;

    /// <summary>The value of Of in the row where By is smallest or largest.</summary>
    public sealed record Arg(bool Max, Expression Of, Expression By) : Expression;

    /// <summary>Of numbers; null where one is absent or the divisor is 0.</summary>
    public sealed record Arithmetic(Operation Operation, Expression Left, Expression Right) : Expression;

    /// <summary>Of a number; null where it has none there.</summary>
    public sealed record Applied(Function Function, Expression Of) : Expression;

    /// <summary>Of a row where the filter holds Then, of every other Otherwise; both are numbers, or both texts.</summary>
    public sealed record Choice(Filter If, Expression Then, Expression Otherwise) : Expression;

    public static Expression Count { get; } = new Aggregate(AggregateKind.Count);

    public static Expression CountIf(Filter filter) => new Aggregate(AggregateKind.Count) { If = filter };

    public static Expression Distinct(Expression of, Filter? filter = null) =>
        new Aggregate(AggregateKind.CountDistinct, of) { If = filter };

    public static Expression operator +(Expression left, Expression right) => new Arithmetic(Operation.Add, left, right);

    public static Expression operator -(Expression left, Expression right) => new Arithmetic(Operation.Subtract, left, right);

    public static Expression operator *(Expression left, Expression right) => new Arithmetic(Operation.Multiply, left, right);

    public static Expression operator /(Expression left, Expression right) => new Arithmetic(Operation.Divide, left, right);

    public static implicit operator Expression(double value) => new Constant(value);
}

public enum AggregateKind
{
    Count,
    CountDistinct,
    Sum,
    Min,
    Max,
    Avg,

    /// <summary>Any value of the group; null only where none has one.</summary>
    Any,
}

public enum Function
{
    /// <summary>The whole number that is not larger.</summary>
    Floor,

    /// <summary>The natural logarithm; there is none of what is not above 0.</summary>
    Ln,

    /// <summary>The power of e; none is larger than 1e300.</summary>
    Exp,

    /// <summary>The number itself, and 0 where there is none.</summary>
    OrZero,
}

public enum Operation
{
    Add,
    Subtract,
    Multiply,
    Divide,
}
