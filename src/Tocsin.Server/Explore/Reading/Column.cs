using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore.Reading;

/// <summary>A column of the answer.</summary>
/// <param name="Name">As the caller wrote it; the answer repeats it.</param>
sealed record Column(string Name, Expression Expression, ColumnType Type)
{
    /// <summary>Of groups of rows, not of a row.</summary>
    public bool IsAggregate { get; init; }

    /// <summary>What the product makes of the stored value.</summary>
    public Rendering Rendering { get; init; }

    /// <summary>Of a user who is rendered, which kind of identifier is asked for (<c>email</c>); null: whichever there is.</summary>
    public string? UserKind { get; init; }

    /// <summary>What a condition on the column compares, where that is not what is answered.</summary>
    public Expression? Compared { get; init; }

    /// <summary>Names in it that are no fields, so that they may be slips.</summary>
    public IReadOnlyList<UnknownName> Unknown { get; init; } = [];

    /// <summary>How much there is of something: a stretch without rows has 0 of it. Of a share, a quantile or an extreme it has none.</summary>
    public bool IsCount => IsAggregate && IsAmount(Expression);

    static bool IsAmount(Expression expression) =>
        expression switch
        {
            Expression.Aggregate aggregate => aggregate.Kind
                is AggregateKind.Count
                    or AggregateKind.CountDistinct
                    or AggregateKind.Sum,
            Expression.Arithmetic { Operation: Operation.Add or Operation.Subtract } sum => IsAmount(sum.Left)
                && IsAmount(sum.Right),
            Expression.Arithmetic { Left: var of, Right: Expression.Constant } scaled => scaled.Operation
                is Operation.Multiply
                    or Operation.Divide
                && IsAmount(of),
            Expression.Arithmetic { Operation: Operation.Multiply, Left: Expression.Constant } scaled => IsAmount(scaled.Right),
            _ => false,
        };
}

enum Rendering
{
    /// <summary>As it is stored.</summary>
    Plain,

    /// <summary>A project's number as its slug.</summary>
    Project,

    /// <summary>An issue's number as its short id.</summary>
    Issue,

    /// <summary><c>id:7</c> as <c>7</c>.</summary>
    User,

    /// <summary>Several names in one text, as a list.</summary>
    Names,

    /// <summary>A list of one, as Sentry has for the values of an error's chain.</summary>
    List,

    /// <summary>The word <c>transaction</c>: every row is one.</summary>
    Transaction,

    /// <summary>The opposite of a truth.</summary>
    Opposite,

    /// <summary>A truth that clients wrote as a text.</summary>
    Truth,
}

/// <summary>What <c>meta</c> says about a column: Sentry's name of the type, and its unit where it has one.</summary>
sealed record ColumnType(string Name, string? Unit = null)
{
    public static ColumnType Text { get; } = new("string");
    public static ColumnType Integer { get; } = new("integer");
    public static ColumnType Number { get; } = new("number");
    public static ColumnType Duration { get; } = new("duration", "millisecond");
    public static ColumnType Date { get; } = new("date");
    public static ColumnType Truth { get; } = new("boolean");
    public static ColumnType Share { get; } = new("percentage");
    public static ColumnType Size { get; } = new("size", "byte");
    public static ColumnType Seconds { get; } = new("number", "second");
    public static ColumnType List { get; } = new("array");
    public static ColumnType PerMinute { get; } = new("rate", "1/minute");
    public static ColumnType PerSecond { get; } = new("rate", "1/second");

    public static ColumnType Of(FieldType type) =>
        type switch
        {
            FieldType.Number => Integer,
            FieldType.Real => Number,
            FieldType.Duration => Duration,
            FieldType.Time => Date,
            FieldType.Boolean => Truth,
            FieldType.Names => List,
            _ => Text,
        };
}
