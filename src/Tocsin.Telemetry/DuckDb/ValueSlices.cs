using System.Diagnostics;
using System.Text;
using Tocsin.Telemetry.Query;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// A question about tags, asked slice by slice of their values and put together: exact in a fraction of the memory, in more time. A value lies in
/// one slice with all its rows, so that groups by value only have to be sorted again, and other groups add up.
/// </summary>
static class ValueSlices
{
    /// <summary>Into how many slices, from the first that may suffice.</summary>
    public static IReadOnlyList<int> Steps { get; } = [8, 64];

    /// <summary>Groups that are not by value are needed whole from each slice.</summary>
    const int MostGroups = 100_000;

    static readonly Expression Value = new Expression.Field(FieldTable.TagValue);

    /// <summary>Whether the answers of the slices tell the answer of the whole.</summary>
    public static bool Suit(TelemetryQuery query) =>
        query is { Dataset: Dataset.EventTags, GroupBy.Count: > 0 }
        && query.OrderBy.All(ordering => PlaceOf(query, ordering.Expression) >= 0)
        && (IsByValue(query) || (query.Having is null && query.Select.All(selected => Adds(query, selected.Expression))));

    /// <summary>What each slice is asked.</summary>
    public static TelemetryQuery Part(TelemetryQuery query) =>
        query with
        {
            Limit = IsByValue(query) ? query.Limit + query.Offset : MostGroups,
            Offset = 0,
            CountsGroups = false,
        };

    /// <summary>Null: a slice had more groups than it can tell.</summary>
    public static IReadOnlyList<IReadOnlyList<object?>>? Join(
        TelemetryQuery query,
        IReadOnlyList<IReadOnlyList<IReadOnlyList<object?>>> parts
    )
    {
        var byValue = IsByValue(query);
        if (!byValue && parts.Any(rows => rows.Count >= MostGroups))
        {
            return null;
        }
        var rows = parts.SelectMany(part => part);
        var joined = (byValue ? rows : Added(query, rows)).ToList();
        var order = query.OrderBy.Select(ordering => (At: PlaceOf(query, ordering.Expression), ordering.Descending)).ToList();
        var sorted = joined.Order(Comparer<IReadOnlyList<object?>>.Create((one, other) => Compare(order, one, other)));
        return [.. sorted.Skip(query.Offset).Take(query.Limit)];
    }

    static bool IsByValue(TelemetryQuery query) => query.GroupBy.Contains(Value);

    static bool Adds(TelemetryQuery query, Expression expression) =>
        query.GroupBy.Contains(expression)
        || expression
            is Expression.Aggregate { Kind: AggregateKind.Count or AggregateKind.Min or AggregateKind.Max }
                or Expression.Aggregate
                {
                    Kind: AggregateKind.CountDistinct,
                    Argument: Expression.Field { Name: FieldTable.TagValue }
                };

    static int PlaceOf(TelemetryQuery query, Expression expression)
    {
        for (var i = 0; i < query.Select.Count; i++)
        {
            if (query.Select[i].Expression == expression)
            {
                return i;
            }
        }
        return -1;
    }

    static IEnumerable<IReadOnlyList<object?>> Added(TelemetryQuery query, IEnumerable<IReadOnlyList<object?>> rows)
    {
        var groups = new Dictionary<string, object?[]>();
        foreach (var row in rows)
        {
            var fields = row.Where((_, i) => query.Select[i].Expression is not Expression.Aggregate);
            var key = string.Join('\0', fields.Select(field => field ?? "\0"));
            if (!groups.TryGetValue(key, out var sums))
            {
                groups.Add(key, [.. row]);
                continue;
            }
            for (var i = 0; i < sums.Length; i++)
            {
                if (query.Select[i].Expression is Expression.Aggregate aggregate)
                {
                    sums[i] = Add(aggregate.Kind, sums[i], row[i]);
                }
            }
        }
        return groups.Values;
    }

    static object? Add(AggregateKind kind, object? one, object? other) =>
        (kind, one, other) switch
        {
            (_, null, _) => other,
            (_, _, null) => one,
            (AggregateKind.Min, _, _) => Compare(one, other) <= 0 ? one : other,
            (AggregateKind.Max, _, _) => Compare(one, other) >= 0 ? one : other,
            (_, long whole, long more) => whole + more,
            _ => throw new UnreachableException($"Numbers of rows that are {one.GetType().Name} and {other.GetType().Name}."),
        };

    static int Compare(List<(int At, bool Descending)> order, IReadOnlyList<object?> one, IReadOnlyList<object?> other)
    {
        foreach (var (at, descending) in order)
        {
            var compared = (one[at], other[at]) switch
            {
                (null, null) => 0,
                // Nulls come last in either direction.
                (null, _) => 1,
                (_, null) => -1,
                var (left, right) => descending ? Compare(right, left) : Compare(left, right),
            };
            if (compared != 0)
            {
                return compared;
            }
        }
        return 0;
    }

    /// <summary>As DuckDB compares: texts by their bytes.</summary>
    static int Compare(object one, object other) =>
        (one, other) switch
        {
            (string left, string right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)),
            _ => Comparer<object>.Default.Compare(one, other),
        };
}
