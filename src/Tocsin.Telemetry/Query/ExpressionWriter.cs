using System.Diagnostics;
using static Tocsin.Telemetry.Query.Expression;

namespace Tocsin.Telemetry.Query;

/// <summary>Writes expressions and remembers which columns they need.</summary>
sealed class ExpressionWriter(FieldTable fields, SqlParameters parameters, ISet<string> columns, RowTraits rows)
{
    readonly QuantileShares quantiles = new();
    readonly string? weight = rows.Weighted ? fields.WeightColumn : null;

    /// <summary>Quantiles of one value are found together; so they must be known before the first is written.</summary>
    public void Expect(IEnumerable<Expression> expressions) => quantiles.Expect(expressions);

    public string Write(Expression expression) =>
        expression switch
        {
            // A count that stands for itself is a whole number; within arithmetic it is not rounded before its time.
            Aggregate { Kind: AggregateKind.Count } when weight is not null || rows.Sums is not null => DuckDbDialect.AsWhole(
                Part(expression)
            ),
            _ => Part(expression),
        };

    string Part(Expression expression)
    {
        switch (expression)
        {
            case Field { Name: var name }:
                var field = fields[name];
                columns.Add(field.Column);
                columns.UnionWith(field.Others);
                return field.Sql;
            case Tag { Key: var key }:
                columns.Add(fields.TagColumn);
                return DuckDbDialect.TagValue(fields.TagColumn, parameters.Add(DuckDbDialect.TagPath(key)));
            case Measurement { Name: var name }:
                columns.Add(fields["measurements"].Column);
                return DuckDbDialect.AsNumber(
                    DuckDbDialect.TagValue("measurements", parameters.Add(DuckDbDialect.TagPath(name) + "/value"))
                );
            case Number { Of: var of }:
                return DuckDbDialect.AsNumber(Part(of));
            case Renamed { Of: var of, Names: var names }:
                return DuckDbDialect.Renamed(Part(of), names);
            case Constant { Value: var value }:
                return DuckDbDialect.Constant(value);
            case Bucket { Step: var step }:
                columns.Add(fields["timestamp"].Column);
                return DuckDbDialect.Bucket(fields["timestamp"].Sql, step.Ticks / TimeSpan.TicksPerMicrosecond);
            case Aggregate aggregate:
                return Write(aggregate);
            case Quantile quantile:
                return Write(quantile);
            case Spread spread:
                return Write(spread);
            case Arg arg:
                return DuckDbDialect.Arg(arg.Max, Part(arg.Of), Part(arg.By));
            case Arithmetic sum:
                return DuckDbDialect.Arithmetic(sum.Operation, Part(sum.Left), Part(sum.Right));
            case Applied applied:
                return DuckDbDialect.Applied(applied.Function, Part(applied.Of));
            case Choice choice:
                return DuckDbDialect.Choice(
                    new FilterWriter(this, parameters).Write(choice.If),
                    Part(choice.Then),
                    Part(choice.Otherwise)
                );
            default:
                throw new UnreachableException($"No SQL for {expression.GetType().Name}.");
        }
    }

    string Write(Aggregate aggregate)
    {
        if (rows.Sums is { Sums: var sums })
        {
            return OfSums(sums.Write(aggregate)!);
        }
        var argument = aggregate.Argument is { } of ? Part(of) : null;
        var whole = aggregate.Argument is { } typed && fields.TypeOf(typed) is FieldType.Number or FieldType.Time;
        var only = Only(aggregate.If);
        if (weight is null || aggregate.Kind is not (AggregateKind.Count or AggregateKind.Sum or AggregateKind.Avg))
        {
            return DuckDbDialect.Aggregate(aggregate.Kind, argument, whole, only);
        }
        columns.Add(weight);
        return DuckDbDialect.Weighted(aggregate.Kind, argument, whole, weight, only);
    }

    string OfSums(SumSql sum)
    {
        columns.UnionWith(sum.Columns);
        return sum.Sql;
    }

    string Write(Quantile quantile)
    {
        if (rows.Sums is not null)
        {
            return OfSums(Sums.Write(quantile, quantiles.Of(quantile)));
        }
        var of = Part(quantile.Of);
        var only = Only(quantile.If);
        if (weight is not null)
        {
            columns.Add(weight);
            return DuckDbDialect.Sketch(of, weight, quantile.Share, only);
        }
        if (rows.Frugal)
        {
            return DuckDbDialect.Sketch(of, "1.0", quantile.Share, only);
        }
        // Whole numbers are compared quicker than others.
        return quantile.Of is Field { Name: var name } && fields[name] is { IsOfMicroseconds: true, Column: var column }
            ? DuckDbDialect.Milliseconds(Exactly(column))
            : Exactly(of);

        string Exactly(string value) => DuckDbDialect.Quantile(value, quantiles.Of(quantile), quantile.Share, only);
    }

    string Write(Spread spread)
    {
        if (rows.Sums is not null)
        {
            return OfSums(Sums.Write(spread));
        }
        if (weight is not null)
        {
            columns.Add(weight);
        }
        return DuckDbDialect.Sketch(Part(spread.Of), weight ?? "1.0", null);
    }

    string? Only(Filter? filter) => filter is null || filter.IsAlways() ? null : new FilterWriter(this, parameters).Write(filter);

    /// <summary>The field that decides how values are compared.</summary>
    public DatasetField FieldOf(Expression expression) =>
        expression switch
        {
            Field { Name: var name } => fields[name],
            Bucket => fields["timestamp"],
            Renamed { Of: var of } => FieldOf(of),
            Tag => new("A tag", FieldType.Text),
            _ => new("The value", fields.TypeOf(expression)),
        };
}
