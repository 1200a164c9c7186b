using System.Globalization;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Server.Explore.Reading;

/// <summary>
/// Reads what <c>field</c>, <c>yAxis</c> and <c>sort</c> hold: a field, <c>tags[key]</c>, <c>tags[key,number]</c>, a function of fields, and after
/// <c>equation|</c> arithmetic of them.
/// </summary>
/// <param name="stretch">How long the time is that one answer is about: the whole range, or a step of a series.</param>
/// <param name="threshold">What satisfies where a function names no threshold of its own.</param>
sealed class ColumnReader(ExploreDataset dataset, TimeSpan stretch, ApdexThreshold threshold)
{
    const string Equation = "equation|";

    readonly List<UnknownName> unknown = [];

    public ExploreDataset Dataset => dataset;

    public TimeSpan Stretch => stretch;

    public ApdexThreshold Threshold => threshold;

    public SpentTimes Times { get; init; } = SpentTimes.Unknown;

    public VitalCounts Vitals { get; init; } = VitalCounts.Unknown;

    /// <summary>Null: of a step of a series there is none.</summary>
    public Trend? Trend { get; init; }

    /// <exception cref="ExploreMistake">It names no field or function that there is.</exception>
    public Column Read(string written)
    {
        var column = Part(written);
        return column with { Unknown = TakeUnknown() };
    }

    /// <summary>What was read since the last time and is no field.</summary>
    public IReadOnlyList<UnknownName> TakeUnknown()
    {
        IReadOnlyList<UnknownName> taken = [.. unknown.DistinctBy(name => name.Name)];
        unknown.Clear();
        return taken;
    }

    /// <summary>As <see cref="Read"/>, within something else that is read.</summary>
    public Column Part(string written)
    {
        if (written.StartsWith(Equation, StringComparison.Ordinal))
        {
            return new EquationReader(this, written[Equation.Length..]).Read(written);
        }
        var open = written.IndexOf('(', StringComparison.Ordinal);
        return open > 0 && written.EndsWith(')') ? Function(written[..open], written[(open + 1)..^1], written) : Field(written);
    }

    Column Function(string name, string arguments, string written) => Function(name, ArgumentText.Split(arguments), written);

    public Column Function(string name, IReadOnlyList<string> arguments, string written) =>
        Functions.TryFind(name, out var function)
            ? function(new(this, name, arguments)) with
            {
                Name = written,
                IsAggregate = true,
            }
            : throw new ExploreMistake($"{name}() is not a valid function");

    public Column Field(string written)
    {
        if (SpecialFields.Find(written, dataset) is { } special)
        {
            return special;
        }
        var column =
            written.StartsWith("tags[", StringComparison.Ordinal) && written.EndsWith(']') ? Tag(written) : Named(written);
        Note(column.Expression is Expression.Number number ? number.Of : column.Expression);
        return column;
    }

    /// <summary>Remembers the key of a condition where it may be a slip.</summary>
    public void Note(SearchKey key)
    {
        if (key is SearchKey.Tag { Key: var tag })
        {
            Note(new Expression.Tag(tag));
        }
        else if (key is SearchKey.Named { Text: var name } && SpecialFields.Find(name, dataset) is null)
        {
            Note(dataset.Fields.Named(name));
        }
    }

    void Note(Expression expression)
    {
        if (UnknownName.Of(expression, dataset) is { } name)
        {
            unknown.Add(name);
        }
    }

    Column Named(string written)
    {
        if (written.Length is 0 or > 200 || !written.All(IsOfName))
        {
            throw new ExploreMistake($"Invalid characters in field {written}");
        }
        var expression = dataset.Fields.Named(written);
        var type = dataset.Fields.TypeOf(expression);
        return new(written, expression, ColumnType.Of(type))
        {
            Rendering = type == FieldType.Names ? Rendering.Names : Rendering.Plain,
        };
    }

    static bool IsOfName(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-' or ':' or '/' or '@';

    static Column Tag(string written)
    {
        IReadOnlyList<string> parts = ArgumentText.Split(written[5..^1]) is { Count: > 0 } read ? read : [""];
        var tag = new Expression.Tag(parts[0]);
        return (parts.Count == 1 ? "string" : string.Join(',', parts.Skip(1))) switch
        {
            "string" or "boolean" when tag.Key.Length > 0 => new(written, tag, ColumnType.Text),
            "number" when tag.Key.Length > 0 => new(written, new Expression.Number(tag), ColumnType.Number),
            _ => throw new ExploreMistake($"Invalid field {written}: write tags[key] or tags[key,number]"),
        };
    }

    /// <summary>A number as people write it, in whatever country the server stands.</summary>
    public static bool TryNumber(string text, out double number) =>
        double.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out number
        ) && double.IsFinite(number);
}
