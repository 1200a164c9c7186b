using System.Diagnostics.CodeAnalysis;
using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Telemetry.Query;

public sealed partial class FieldTable
{
    /// <summary>
    /// What a name means here: the field of this name, whichever of its names it is, a span's measurement, and otherwise a tag.
    /// </summary>
    public Expression Named(string name)
    {
        const string measurements = "measurements.";
        return TryFind(name, out var field) || TryFind(SearchAliases.Resolve(name), out field) ? new Expression.Field(field.Name)
            : Aliases.TryGetValue(name, out var other) ? Named(other)
            : TryInternal(name, out field) ? new Expression.Field(field.Name)
            : TryFind("measurements", out _)
            && name.Length > measurements.Length
            && name.StartsWith(measurements, StringComparison.Ordinal)
                ? new Expression.Measurement(name[measurements.Length..])
            : new Expression.Tag(name);
    }

    /// <summary>Spans that come alone say <c>sentry.op</c> and <c>sentry.release</c> where others say <c>span.op</c> and <c>release</c>.</summary>
    bool TryInternal(string name, [NotNullWhen(true)] out DatasetField? field)
    {
        const string ours = "sentry.";
        field = null;
        return HasTypedTags
            && name.StartsWith(ours, StringComparison.Ordinal)
            && (TryFind(name[ours.Length..], out field) || TryFind("span." + name[ours.Length..], out field));
    }

    /// <summary>What values the expression has, and so what it can be compared with.</summary>
    /// <exception cref="TelemetryQueryException">The dataset has no such field.</exception>
    public FieldType TypeOf(Expression expression) =>
        expression switch
        {
            Expression.Field { Name: var name } => this[name].Type,
            Expression.Tag => FieldType.Text,
            Expression.Renamed { Of: var of } => TypeOf(of),
            Expression.Bucket => FieldType.Time,
            Expression.Aggregate { Kind: AggregateKind.Count or AggregateKind.CountDistinct } => FieldType.Number,
            Expression.Aggregate { Kind: AggregateKind.Avg, Argument: { } of } => OfFraction(of),
            Expression.Aggregate { Argument: { } of } => TypeOf(of),
            Expression.Quantile { Of: var of } => OfFraction(of),
            Expression.Arg { Of: var of } => TypeOf(of),
            Expression.Choice { Then: var then } when IsText(then) => FieldType.Text,
            _ => FieldType.Real,
        };

    internal bool IsNumeric(Expression expression) =>
        TypeOf(expression) is FieldType.Number or FieldType.Real or FieldType.Duration or FieldType.Time;

    internal bool IsText(Expression expression) => TypeOf(expression) is FieldType.Text;

    /// <summary>Between two whole numbers lies one that is not.</summary>
    FieldType OfFraction(Expression of) => TypeOf(of) is FieldType.Number ? FieldType.Real : TypeOf(of);
}
