using System.Text.Json;
using Tocsin.Server.Api;
using Tocsin.Server.Explore.Reading;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore.Vocabulary;

/// <summary>What can be asked about: the names of tags and attributes that occur, and the values that they have. For suggestions, so it answers soon rather than fully.</summary>
sealed class Words(TelemetryStore telemetry)
{
    /// <summary>Attributes are read out of so many of the newest spans.</summary>
    const int NewestSpans = 1_000;

    /// <summary>Names are read out of so many lists of them, the most frequent.</summary>
    const int MostLists = 1_000;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    static readonly Expression TagKey = new Expression.Field("tag.key");

    /// <summary>Tag keys of events, the most frequent first, with the number of events that have them.</summary>
    public async Task<Answer<IReadOnlyList<(string Key, long Total)>>> TagKeysAsync(
        Question question,
        CancellationToken cancellation
    )
    {
        var result = await telemetry.QueryAsync(
            question.Query(new Selected("key", TagKey), new Selected("total", Expression.Count)) with
            {
                Dataset = Dataset.EventTags,
                GroupBy = [TagKey],
                OrderBy = [new(Expression.Count, true), new(TagKey, false)],
                Limit = 1_000,
                Budget = Patience,
            },
            cancellation
        );
        return new([.. result.Rows.Select(row => ((string)row[0]!, (long)row[1]!))], question.NotesOf(result));
    }

    /// <summary>Attributes and measurements that spans have beside their fields, by name.</summary>
    public async Task<Answer<IReadOnlyList<(string Key, bool IsNumber)>>> AttributesAsync(
        Question question,
        CancellationToken cancellation
    )
    {
        var result = await telemetry.QueryAsync(
            question.Query(
                new Selected("attributes", new Expression.Field("attributes")),
                new Selected("measurements", new Expression.Field("measurements"))
            ) with
            {
                OrderBy = [new(new Expression.Field("timestamp"), true)],
                Limit = NewestSpans,
                Budget = Patience,
            },
            cancellation
        );
        var found = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (var row in result.Rows)
        {
            Gather(row[0] as string, "", found);
            Gather(row[1] as string, "measurements.", found);
        }
        return new([.. found.Select(pair => (pair.Key, pair.Value))], question.NotesOf(result));
    }

    static void Gather(string? json, string prefix, SortedDictionary<string, bool> found)
    {
        using var document = JsonDocument.Parse(string.IsNullOrEmpty(json) ? "{}" : json);
        foreach (var attribute in document.RootElement.EnumerateObject())
        {
            found[prefix + attribute.Name] = prefix.Length > 0 || attribute.Value.ValueKind == JsonValueKind.Number;
        }
    }

    /// <summary>The values of a column, the most frequent first.</summary>
    /// <param name="containing">Null: all of them.</param>
    public async Task<Answer<IReadOnlyList<WordValue>>> ValuesAsync(
        Question question,
        Column column,
        string? containing,
        int limit,
        int offset,
        CancellationToken cancellation
    )
    {
        var time = new Expression.Field("timestamp");
        var isOfNames = column.Rendering == Rendering.Names;
        Filter has = string.IsNullOrEmpty(containing)
            ? new Filter.Has(column.Expression)
            : new Filter.Like(
                column.Expression,
                $"*{containing.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("*", @"\*", StringComparison.Ordinal)}*"
            );
        var result = await telemetry.QueryAsync(
            question
                .Where(has)
                .Query(
                    new Selected("value", column.Expression),
                    new Selected("count", Expression.Count),
                    new Selected("first", new Expression.Aggregate(AggregateKind.Min, time)),
                    new Selected("last", new Expression.Aggregate(AggregateKind.Max, time))
                ) with
            {
                GroupBy = [column.Expression],
                OrderBy = [new(Expression.Count, true), new(column.Expression, false)],
                Limit = isOfNames ? MostLists : limit,
                Offset = isOfNames ? 0 : offset,
                Budget = Patience,
            },
            cancellation
        );
        if (isOfNames)
        {
            return new([.. NamesIn(result, containing ?? "").Skip(offset).Take(limit)], question.NotesOf(result));
        }
        var cells = new CellWriter(question.Dataset, question.Projects, new Dictionary<long, string>());
        return new(
            [
                .. result.Rows.Select(row => new WordValue(
                    cells.Text(column, row[0]),
                    (long)row[1]!,
                    (long)row[2]!,
                    (long)row[3]!
                )),
            ],
            question.NotesOf(result)
        );
    }

    static IEnumerable<WordValue> NamesIn(TelemetryResult lists, string containing) =>
        lists
            .Rows.SelectMany(row =>
                CellWriter
                    .NamesIn((string)row[0]!)
                    .Select(name => new WordValue(name, (long)row[1]!, (long)row[2]!, (long)row[3]!))
            )
            .Where(name => name.Text.Contains(containing, StringComparison.OrdinalIgnoreCase))
            .GroupBy(name => name.Text, StringComparer.Ordinal)
            .Select(same => new WordValue(
                same.Key,
                same.Sum(name => name.Count),
                same.Min(name => name.First),
                same.Max(name => name.Last)
            ))
            .OrderByDescending(name => name.Count)
            .ThenBy(name => name.Text, StringComparer.Ordinal);
}

/// <summary>First and Last: microseconds since 1970.</summary>
sealed record WordValue(string Text, long Count, long First, long Last);
