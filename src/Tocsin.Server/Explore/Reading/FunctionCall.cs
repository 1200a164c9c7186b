using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore.Reading;

/// <summary>A function as it was written, and what its arguments mean.</summary>
sealed class FunctionCall(ColumnReader reader, string name, IReadOnlyList<string> arguments)
{
    public int Count => arguments.Count;

    public TimeSpan Stretch => reader.Stretch;

    public ApdexThreshold Threshold => reader.Threshold;

    public SpentTimes Times => reader.Times;

    public VitalCounts Vitals => reader.Vitals;

    public Trend Trend => reader.Trend ?? throw Wrong("only a table tells how something changed");

    /// <summary>The function whose trend is asked for.</summary>
    public Column Trended =>
        reader.Part(Trend.Function) is { IsAggregate: true } column ? column : throw TrendFunctions.Unsupported(Trend.Function);

    public string this[int at] => at < Count ? arguments[at] : throw Wrong($"expected {at + 1} argument(s)");

    /// <summary>The same function with other arguments.</summary>
    public FunctionCall With(IReadOnlyList<string> others) => new(reader, name, others);

    public FunctionCall From(int first) => With([.. arguments.Skip(first)]);

    public FunctionCall First(int count) => With([.. arguments.Take(count)]);

    public FunctionCall Demand(int least, int most) =>
        Count < least ? throw Wrong($"expected {least} argument(s)")
        : Count > most ? throw Wrong($"expected at most {most} argument(s)")
        : this;

    public Column Field(int at)
    {
        var column = reader.Field(this[at]);
        return column;
    }

    /// <summary>A column of numbers; the dataset's duration where none is named.</summary>
    public Column Numeric(int at)
    {
        var written =
            at < Count
                ? this[at]
                : reader.Dataset.DefaultDuration ?? throw Wrong("a field of numbers must be named as its argument");
        var column = reader.Field(written);
        // A tag is a text; asked for its quantile it is the number in it.
        return column.Expression is Expression.Tag tag
                ? column with
                {
                    Expression = new Expression.Number(tag),
                    Type = ColumnType.Number,
                }
            : column.Type.Name is "integer" or "number" or "duration" or "size" or "date" ? column
            : throw Wrong($"{written} is not a numeric column");
    }

    public double Number(int at) =>
        ColumnReader.TryNumber(this[at], out var number) ? number : throw Wrong($"{this[at]} is not a number");

    public ExploreMistake Wrong(string why) => new($"{name}({string.Join(", ", arguments)}): {why}");
}
