using System.Text.Json;
using Tocsin.Server.Api;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore.Vocabulary;

/// <summary>
/// The values of all attributes at once. One query for each would read every span a hundred times, so the newest are read once, and where there are
/// more, what they have stands for all.
/// </summary>
sealed class Distributions(TelemetryStore telemetry)
{
    const int NewestSpans = 10_000;

    /// <param name="question">Which spans.</param>
    /// <param name="containing">What the names of the attributes contain.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<Answer<AttributeValues>> OfAsync(Question question, string containing, CancellationToken cancellation)
    {
        IReadOnlyList<Selected> fields =
        [
            new("weight", new Expression.Field("sampling.weight")),
            new("attributes", new Expression.Field("attributes")),
            .. Facets.OfSpans.Select(name => new Selected(name, new Expression.Field(name))),
        ];
        var result = await telemetry.QueryAsync(
            question.Query(fields) with
            {
                OrderBy = [new(new Expression.Field("timestamp"), true)],
                Limit = NewestSpans,
            },
            cancellation
        );
        var counts = new SortedDictionary<string, Dictionary<string, double>>(StringComparer.Ordinal);
        var (total, sampled) = (0.0, false);
        foreach (var row in result.Rows)
        {
            var weight = row[0] as double? ?? 1;
            total += weight;
            sampled |= weight != 1;
            foreach (var (name, value) in Attributes(row[1] as string).Concat(Columns(row)))
            {
                if (name.Contains(containing, StringComparison.OrdinalIgnoreCase))
                {
                    Add(counts, name, value, weight);
                }
            }
        }
        return new(new(counts, total), question.Notes.With(new(result.Partial, sampled)));
    }

    static IEnumerable<(string Name, string Value)> Columns(IReadOnlyList<object?> row) =>
        Facets.OfSpans.Select((name, at) => (name, Value: row[at + 2]?.ToString() ?? "")).Where(pair => pair.Value.Length > 0);

    static IEnumerable<(string Name, string Value)> Attributes(string? json)
    {
        using var document = JsonDocument.Parse(string.IsNullOrEmpty(json) ? "{}" : json);
        foreach (var attribute in document.RootElement.EnumerateObject())
        {
            // Of numbers hardly two are equal.
            if (attribute.Value is { ValueKind: JsonValueKind.String or JsonValueKind.True or JsonValueKind.False } value)
            {
                yield return (attribute.Name, value.ToString());
            }
        }
    }

    static void Add(SortedDictionary<string, Dictionary<string, double>> counts, string name, string value, double weight)
    {
        if (!counts.TryGetValue(name, out var values))
        {
            counts[name] = values = new(StringComparer.Ordinal);
        }
        values[value] = values.GetValueOrDefault(value) + weight;
    }
}

/// <summary>How many spans have which value, by attribute and value; a span that stands for several counts as many.</summary>
/// <param name="Attributes">In the order of their names.</param>
/// <param name="Weight">All spans.</param>
sealed record AttributeValues(IReadOnlyDictionary<string, Dictionary<string, double>> Attributes, double Weight)
{
    /// <summary>Of one attribute; ids have as many as there are spans.</summary>
    const int MostValues = 75;

    /// <summary>Of an attribute; empty: no span has it.</summary>
    public IReadOnlyList<DistributionValue> MostFrequent(string attribute) =>
        Attributes.TryGetValue(attribute, out var values)
            ?
            [
                .. values
                    .OrderByDescending(pair => pair.Value)
                    .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                    .Take(MostValues)
                    .Select(pair => new DistributionValue(pair.Key, pair.Value)),
            ]
            : [];
}
