using System.Text.RegularExpressions;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore.Reading;

/// <summary>
/// Reads <c>sort</c>: a column of the question as it is written there, or by its old alias (<c>-p95_transaction_duration</c>), or an equation by its
/// number. What is not said is the largest aggregate, or the newest row, first; equal rows keep one order, so that pages fit together.
/// </summary>
static partial class OrderReader
{
    public static IReadOnlyList<Ordering> Read(IReadOnlyList<string> sort, Question question, ColumnReader reader)
    {
        List<Ordering> order = [];
        foreach (var written in sort)
        {
            var descending = written.StartsWith('-');
            order.Add(new(Find(descending ? written[1..] : written, question, reader).Expression, descending));
        }
        if (order.Count == 0)
        {
            order.AddRange(Usual(question));
        }
        var ties = question.IsGrouped ? question.Keys.Select(key => key.Expression) : [new Expression.Field("id")];
        order.AddRange(
            ties.Where(tie => order.TrueForAll(known => known.Expression != tie))
                .Distinct()
                .Select(tie => new Ordering(tie, false))
        );
        return order;
    }

    static IEnumerable<Ordering> Usual(Question question) =>
        !question.IsGrouped ? [new(new Expression.Field("timestamp"), true)]
        : question.Columns.FirstOrDefault(column => column.IsAggregate) is { } first ? [new(first.Expression, true)]
        : [];

    static Column Find(string written, Question question, ColumnReader reader)
    {
        var equations = question.Columns.Where(column => column.Name.StartsWith("equation|", StringComparison.Ordinal)).ToList();
        if (
            EquationNumber().Match(written) is { Success: true } match
            && int.TryParse(match.Groups[1].Value, out var number)
            && number < equations.Count
        )
        {
            return equations[number];
        }
        if (question.Columns.FirstOrDefault(column => column.Name == written || Alias(column.Name) == written) is { } known)
        {
            return known;
        }
        var column = reader.Read(written);
        // A row has every field, selected or not; a group only what it is grouped by, and any aggregate.
        return column.IsAggregate == question.IsGrouped
            ? column
            : throw new ExploreMistake($"Cannot sort by a field that is not selected: {written}");
    }

    /// <summary><c>p95(transaction.duration)</c> is also called <c>p95_transaction_duration</c>.</summary>
    static string Alias(string name) => NotOfAlias().Replace(name, "_").Trim('_');

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotOfAlias();

    [GeneratedRegex(@"^equation\[([0-9]+)\]$")]
    private static partial Regex EquationNumber();
}
