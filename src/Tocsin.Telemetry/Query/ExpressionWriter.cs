using System.Diagnostics;

namespace Tocsin.Telemetry.Query;

/// <summary>Writes expressions and remembers which columns they need.</summary>
sealed class ExpressionWriter(FieldTable fields, SqlParameters parameters, ISet<string> columns)
{
    public string Write(Expression expression)
    {
        switch (expression)
        {
            case Expression.Field { Name: var name }:
                var field = fields[name];
                columns.Add(field.Column);
                return field.Sql;
            case Expression.Tag { Key: var key }:
                columns.Add(fields.TagColumn);
                return DuckDbDialect.TagValue(fields.TagColumn, parameters.Add(DuckDbDialect.TagPath(key)));
            case Expression.Bucket { Step: var step }:
                columns.Add(fields["timestamp"].Column);
                return DuckDbDialect.Bucket(fields["timestamp"].Sql, step.Ticks / TimeSpan.TicksPerMicrosecond);
            case Expression.Aggregate aggregate:
                return aggregate.Argument is { } argument
                    ? DuckDbDialect.Aggregate(aggregate.Kind, Write(argument), IsWhole(argument))
                    : DuckDbDialect.Aggregate(aggregate.Kind, null, whole: true);
            case Expression.Arg arg:
                return DuckDbDialect.Arg(arg.Max, Write(arg.Of), Write(arg.By));
            default:
                throw new UnreachableException($"No SQL for {expression.GetType().Name}.");
        }
    }

    bool IsWhole(Expression expression) => FieldOf(expression) is { Type: FieldType.Number or FieldType.Time };

    /// <summary>The field that decides how values are compared; null for a tag, which is text.</summary>
    public DatasetField? FieldOf(Expression expression) =>
        expression switch
        {
            Expression.Field { Name: var name } => fields[name],
            Expression.Bucket => fields["timestamp"],
            _ => null,
        };
}
