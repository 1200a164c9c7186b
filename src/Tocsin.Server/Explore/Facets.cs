using Tocsin.Server.Api;
using Tocsin.Server.Explore.Reading;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore;

/// <summary>Which values tags have among the rows of a question, and how often.</summary>
sealed class Facets(TelemetryStore telemetry)
{
    const int ValuesPerKey = 10;

    /// <summary>What is always shown of spans: the columns in which few values stand for many.</summary>
    public static IReadOnlyList<string> OfSpans { get; } =
    [
        "browser.name",
        "connection",
        "device.class",
        "environment",
        "geo.country_code",
        "http.method",
        "http.status_code",
        "os.name",
        "release",
        "sdk.name",
        "server_name",
        "service.name",
        "span.category",
        "span.op",
        "span.status",
        "transaction",
        "user",
    ];

    static readonly Expression TagKey = new Expression.Field("tag.key");
    static readonly Expression TagValue = new Expression.Field("tag.value");
    static readonly Expression Project = new Expression.Field("project.id");

    /// <summary>By key; projects first.</summary>
    public async Task<Answer<IReadOnlyList<FacetShape>>> OfAsync(Question question, CancellationToken cancellation)
    {
        var asking = question.Dataset.IsOfSpans ? OfColumnsAsync(question, cancellation) : OfTagsAsync(question, cancellation);
        var projects = await ValuesAsync(question, new Column("project", Project, ColumnType.Text), cancellation);
        var tags = await asking;
        return new(
            [projects.Value is { } facet ? Named(facet, question) : new("project", []), .. tags.Value],
            projects.Notes.With(tags.Notes)
        );
    }

    static FacetShape Named(FacetShape projects, Question question) =>
        projects with
        {
            TopValues =
            [
                .. projects.TopValues.Select(value =>
                    value with
                    {
                        Name = question.Projects.FirstOrDefault(project => $"{project.Id}" == value.Value)?.Slug ?? value.Name,
                    }
                ),
            ],
        };

    async Task<Answer<IReadOnlyList<FacetShape>>> OfColumnsAsync(Question question, CancellationToken cancellation)
    {
        List<FacetShape> facets = [];
        var notes = AnswerNotes.None;
        foreach (var name in OfSpans)
        {
            var column = new Column(name, new Expression.Field(name), ColumnType.Text);
            var values = await ValuesAsync(question, column, cancellation);
            notes = notes.With(values.Notes);
            if (values.Value is { } facet)
            {
                facets.Add(facet);
            }
        }
        return new(facets, notes);
    }

    /// <summary>Null: no row has a value.</summary>
    async Task<Answer<FacetShape?>> ValuesAsync(Question question, Column column, CancellationToken cancellation)
    {
        var result = await telemetry.QueryAsync(
            question
                .Where(new Filter.Has(column.Expression))
                .Query(new Selected("value", column.Expression), new Selected("count", Expression.Count)) with
            {
                GroupBy = [column.Expression],
                OrderBy = [new(Expression.Count, true), new(column.Expression, false)],
                Limit = ValuesPerKey,
            },
            cancellation
        );
        var cells = new CellWriter(question.Dataset, question.Projects, new Dictionary<long, string>());
        return new(
            result.Rows.Count == 0
                ? null
                : new(column.Name, [.. result.Rows.Select(row => Value(cells.Text(column, row[0]), row[1]))]),
            question.NotesOf(result)
        );
    }

    async Task<Answer<IReadOnlyList<FacetShape>>> OfTagsAsync(Question question, CancellationToken cancellation)
    {
        var result = await telemetry.QueryAsync(
            question.Query(
                new Selected("key", TagKey),
                new Selected("value", TagValue),
                new Selected("count", Expression.Count)
            ) with
            {
                Dataset = Dataset.EventTags,
                GroupBy = [TagKey, TagValue],
                OrderBy = [new(Expression.Count, true), new(TagKey, false), new(TagValue, false)],
                Limit = 5000,
            },
            cancellation
        );
        return new(
            [
                .. result
                    .Rows.GroupBy(row => (string)row[0]!, StringComparer.Ordinal)
                    .OrderBy(key => key.Key, StringComparer.Ordinal)
                    .Select(key => new FacetShape(
                        key.Key,
                        [.. key.Take(ValuesPerKey).Select(row => Value((string)row[1]!, row[2]))]
                    )),
            ],
            question.NotesOf(result)
        );
    }

    static FacetValueShape Value(string value, object? count) => new(value, value, count is long number ? number : 0);
}
