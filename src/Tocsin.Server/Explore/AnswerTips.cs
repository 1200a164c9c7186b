using Tocsin.Server.Explore.Reading;
using Tocsin.Server.Explore.Vocabulary;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore;

/// <summary>
/// Says of a name that no row has that it may be a slip. Any attribute's name is legal, and <c>p95(span.durtion)</c> is a column of nulls without a
/// word of why. Only answers in which such a name gave nothing cost a look.
/// </summary>
sealed class AnswerTips(TelemetryStore telemetry, Words words)
{
    /// <summary>Names that are looked for; nobody slips more often in one question.</summary>
    const int Most = 3;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <param name="rows">Of the question's table, from its first on.</param>
    public async Task<EventsTips> OfAsync(
        Question question,
        IReadOnlyList<IReadOnlyList<object?>> rows,
        CancellationToken cancellation
    )
    {
        var empty = question.Columns.Where((_, at) => rows.All(row => IsNothing(row[at]))).ToList();
        var ofColumns = empty.SelectMany(column => column.Unknown);
        var ofQuery = empty.Count == question.Columns.Count ? question.Unknown : [];
        return new(
            await SentencesAsync(question, ofQuery, cancellation),
            await SentencesAsync(question, ofColumns, cancellation)
        );
    }

    /// <summary>A count of nothing is 0.</summary>
    static bool IsNothing(object? value) => value is null or 0L or 0.0 or double.NaN;

    async Task<string?> SentencesAsync(Question question, IEnumerable<UnknownName> names, CancellationToken cancellation)
    {
        // All that there is, whatever the query chooses of it.
        var everything = question with
        {
            Rows = question.Dataset.Only,
        };
        List<string> sentences = [];
        foreach (var name in names.DistinctBy(name => name.Name).Take(Most))
        {
            if (!await IsThereAsync(everything, name, cancellation))
            {
                sentences.Add(Sentence(name, question.Dataset, await NearestAsync(everything, name, cancellation)));
            }
        }
        return sentences.Count == 0 ? null : string.Join(' ', sentences);
    }

    static string Sentence(UnknownName name, ExploreDataset dataset, string? nearest)
    {
        var kind =
            name.Value is Expression.Measurement ? "a measurement"
            : dataset.IsOfSpans ? "an attribute"
            : "a tag";
        var row = dataset.IsOfSpans ? "span" : "event";
        var meant = nearest is null ? "" : $" Did you mean {nearest}?";
        return $"{name.Name} is no field, and no {row} of this time has {kind} of that name.{meant}";
    }

    /// <summary>Where time runs out before one is found, it may be there.</summary>
    async Task<bool> IsThereAsync(Question everything, UnknownName name, CancellationToken cancellation)
    {
        var found = await telemetry.QueryAsync(
            everything.Where(new Filter.Has(name.Value)).Query(new Selected("timestamp", new Expression.Field("timestamp"))) with
            {
                Limit = 1,
                Budget = Patience,
            },
            cancellation
        );
        return found.Rows.Count > 0 || found.Partial;
    }

    async Task<string?> NearestAsync(Question everything, UnknownName name, CancellationToken cancellation)
    {
        var sent = everything.Dataset.IsOfSpans
            ? (await words.AttributesAsync(everything, cancellation)).Value.Select(attribute => attribute.Key)
            : (await words.TagKeysAsync(everything, cancellation)).Value.Select(tag => tag.Key);
        return NearName.Find(name.Name, [.. everything.Dataset.Fields.Fields.Select(field => field.Name), .. sent]);
    }
}
