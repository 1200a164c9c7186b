using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore.Reading;

/// <summary>A name that is no field. Any attribute's or tag's name is legal, so it may be one of these or a slip.</summary>
/// <param name="Value">What a row has that knows the name.</param>
sealed record UnknownName(string Name, Expression Value)
{
    /// <summary>Null: it is a field.</summary>
    public static UnknownName? Of(Expression value, ExploreDataset dataset) =>
        value switch
        {
            Expression.Tag { Key: var key } when !dataset.Fields.TryFind(key, out _) => new(key, value),
            Expression.Measurement { Name: var name } => new($"measurements.{name}", value),
            _ => null,
        };
}
