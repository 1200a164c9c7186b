namespace Tocsin.Telemetry.Query;

/// <summary>Which rows count. Absent values are equal to nothing and match no pattern; <see cref="Has"/> asks for them.</summary>
public abstract record Filter
{
    Filter() { }

    public sealed record And(IReadOnlyList<Filter> Parts) : Filter;

    public sealed record Or(IReadOnlyList<Filter> Parts) : Filter;

    /// <summary>Also true where the inner filter is unknown (the value is absent), as Sentry's <c>!key:value</c> is.</summary>
    public sealed record Not(Filter Inner) : Filter;

    /// <summary>Value: string, long, double, bool or UInt128.</summary>
    public sealed record Compare(Expression Left, Comparison Operator, object Value) : Filter;

    public sealed record In(Expression Left, IReadOnlyList<object> Values) : Filter;

    /// <summary>Several values together are one of these combinations; each has as many.</summary>
    public sealed record OneOf(IReadOnlyList<Expression> Left, IReadOnlyList<IReadOnlyList<object>> Values) : Filter;

    /// <summary><c>*</c> stands for any text, <c>\*</c> for a star; without regard to case.</summary>
    public sealed record Like(Expression Left, string Pattern) : Filter;

    /// <summary>One of the names that Left holds (<see cref="FieldType.Names"/>) is like the pattern, as in <see cref="Like"/>.</summary>
    public sealed record Among(Expression Left, string Pattern) : Filter;

    public sealed record Has(Expression Left) : Filter;
}

public enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
