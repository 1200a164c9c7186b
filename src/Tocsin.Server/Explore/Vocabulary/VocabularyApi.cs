using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Metadata;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore.Vocabulary;

/// <summary>
/// Tags of events and attributes of spans with their values: what search boxes, Grafana's editor and assistants suggest. Sentry's routes and shapes.
/// </summary>
static class VocabularyApi
{
    public static void MapVocabulary(this GatedRoutes routes)
    {
        routes.Organization.Get("/tags/", Scope.EventRead, TagsAsync);
        routes.Organization.Get("/tags/{tag}/values/", Scope.EventRead, ValuesAsync);
        routes.Project.Get("/tags/", Scope.EventRead, TagsOfProjectAsync);
        routes.Project.Get("/tags/{tag}/values/", Scope.EventRead, ValuesOfProjectAsync);
        routes.Organization.Get("/trace-items/attributes/", Scope.EventRead, AttributesAsync);
        routes.Organization.Get("/trace-items/attributes/{attribute}/values/", Scope.EventRead, AttributeValuesAsync);
        routes.Organization.Get("/spans/fields/", Scope.EventRead, FieldsAsync);
        routes.Organization.Get("/spans/fields/{field}/values/", Scope.EventRead, FieldValuesAsync);
    }

    /// <summary>Tag keys of the events (<c>dataset=errors</c>, the default) or attributes of the spans (<c>dataset=spans</c>).</summary>
    internal static Task<Results<Marked<Ok<IReadOnlyList<TagKeyShape>>>, ApiError>> TagsAsync(
        Tenant tenant,
        ExploreRequest request,
        QuestionReader reader,
        Words words,
        CancellationToken cancellation
    ) =>
        Mistakes.ToAnswerAsync<Marked<Ok<IReadOnlyList<TagKeyShape>>>>(async () =>
        {
            if (await reader.ReadAsync(tenant, request, [], null, cancellation) is not { } question)
            {
                return ApiError.NotFound();
            }
            if (question.Dataset.IsOfSpans)
            {
                var attributes = await words.AttributesAsync(question, cancellation);
                return Marked.Ok(attributes.As(all => all.Select(pair => new TagKeyShape(pair.Key, pair.Key, null))));
            }
            var tags = await words.TagKeysAsync(question, cancellation);
            return Marked.Ok(tags.As(all => all.Select(pair => new TagKeyShape(pair.Key, pair.Key, pair.Total))));
        });

    /// <summary>The values of a tag or field, the most frequent first; <c>query</c> is a part of the value.</summary>
    internal static Task<Results<Marked<Page<TagValueTotalShape>>, ApiError>> ValuesAsync(
        Tenant tenant,
        string tag,
        ExploreRequest request,
        PageRequest page,
        QuestionReader reader,
        Words words,
        CancellationToken cancellation
    ) =>
        Mistakes.ToAnswerAsync<Marked<Page<TagValueTotalShape>>>(async () =>
        {
            // Here the query is no search but a part of the value.
            var question = await reader.ReadAsync(tenant, request with { Query = null }, [tag], null, cancellation);
            if (question is not { Columns: [{ IsAggregate: false } column] })
            {
                return ApiError.NotFound();
            }
            var values = await words.ValuesAsync(question, column, request.Query, page.Limit + 1, page.Offset, cancellation);
            return Marked.FromOffset(page, values.As(all => all.Select(value => Shape(tag, value))));
        });

    /// <summary>As of the organisation, of one project.</summary>
    internal static Task<Results<Marked<Ok<IReadOnlyList<TagKeyShape>>>, ApiError>> TagsOfProjectAsync(
        Tenant tenant,
        ExploreRequest request,
        QuestionReader reader,
        Words words,
        CancellationToken cancellation
    ) => TagsAsync(tenant, Within(tenant, request), reader, words, cancellation);

    /// <summary>As of the organisation, of one project.</summary>
    internal static Task<Results<Marked<Page<TagValueTotalShape>>, ApiError>> ValuesOfProjectAsync(
        Tenant tenant,
        string tag,
        ExploreRequest request,
        PageRequest page,
        QuestionReader reader,
        Words words,
        CancellationToken cancellation
    ) => ValuesAsync(tenant, tag, Within(tenant, request), page, reader, words, cancellation);

    static ExploreRequest Within(Tenant tenant, ExploreRequest request) => request with { Projects = [tenant.Project.Slug] };

    static TagValueTotalShape Shape(string key, WordValue value) =>
        new(key, value.Text, value.Text, value.Count, Microseconds.ToUtc(value.First), Microseconds.ToUtc(value.Last));

    /// <summary>
    /// What spans can be asked about: fields and attributes of one type (<c>attributeType</c>: string, number or boolean), whose names contain
    /// <c>substringMatch</c>.
    /// </summary>
    internal static Task<Results<Marked<Page<AttributeShape>>, ApiError>> AttributesAsync(
        Tenant tenant,
        ExploreRequest request,
        PageRequest page,
        QuestionReader reader,
        Words words,
        CancellationToken cancellation,
        string? attributeType = null,
        string? substringMatch = null
    ) =>
        Mistakes.ToAnswerAsync<Marked<Page<AttributeShape>>>(async () =>
            await OfSpansAsync(tenant, request, reader, words, attributeType, substringMatch, cancellation) is { } names
                ? Marked.Page(page, names.As(all => all.Select(pair => Shape(pair.Name, pair.Type))))
                : ApiError.NotFound()
        );

    /// <summary>
    /// The same by the names of an older route: fields and attributes of spans of one <c>type</c>, string (the default) or number, whose names contain
    /// the <c>query</c>.
    /// </summary>
    internal static Task<Results<Marked<Page<TagKeyShape>>, ApiError>> FieldsAsync(
        Tenant tenant,
        ExploreRequest request,
        PageRequest page,
        QuestionReader reader,
        Words words,
        CancellationToken cancellation,
        string type = "string"
    ) =>
        Mistakes.ToAnswerAsync<Marked<Page<TagKeyShape>>>(async () =>
            await OfSpansAsync(tenant, request, reader, words, type, request.Query, cancellation) is { } names
                ? Marked.Page(page, names.As(all => all.Select(pair => new TagKeyShape(pair.Name, pair.Name, null))))
                : ApiError.NotFound()
        );

    /// <summary>Null: the request names a project that is none of the organisation.</summary>
    static async Task<Answer<IReadOnlyList<(string Name, string Type)>>?> OfSpansAsync(
        Tenant tenant,
        ExploreRequest request,
        QuestionReader reader,
        Words words,
        string? type,
        string? containing,
        CancellationToken cancellation
    )
    {
        var ofSpans = request with { Dataset = "spans", Query = null };
        if (await reader.ReadAsync(tenant, ofSpans, [], null, cancellation) is not { } question)
        {
            return null;
        }
        var fields = FieldTable
            .Spans.Fields.Select(field => (field.Name, Type: TypeOf(field.Type)))
            .Concat(VitalScores.Names.Select(name => (Name: name, Type: "number")));
        var attributes = await words.AttributesAsync(question, cancellation);
        return attributes.As(sent =>
            fields
                .Concat(sent.Select(pair => (Name: pair.Key, Type: pair.IsNumber ? "number" : "string")))
                .Where(pair => type is null || pair.Type == type)
                .Where(pair => pair.Name.Contains(containing ?? "", StringComparison.OrdinalIgnoreCase))
                .DistinctBy(pair => pair.Name)
        );
    }

    static string TypeOf(FieldType type) =>
        type switch
        {
            FieldType.Number or FieldType.Real or FieldType.Duration => "number",
            FieldType.Boolean => "boolean",
            _ => "string",
        };

    // Sentry names an attribute that is no field of its own by how it is asked for.
    static AttributeShape Shape(string name, string type) =>
        FieldTable.Spans.TryFind(name, out _) || VitalScores.Named(name) is not null
            ? new(name, name, type, new("sentry"))
            : new(
                type == "number" && !name.StartsWith("measurements.", StringComparison.Ordinal) ? $"tags[{name},number]" : name,
                name,
                type,
                new("user")
            );

    /// <summary>The values of a field or attribute of spans, the most frequent first, that contain the <c>query</c>.</summary>
    internal static Task<Results<Marked<Page<TagValueTotalShape>>, ApiError>> FieldValuesAsync(
        Tenant tenant,
        string field,
        ExploreRequest request,
        PageRequest page,
        QuestionReader reader,
        Words words,
        CancellationToken cancellation
    ) => ValuesAsync(tenant, field, request with { Dataset = "spans" }, page, reader, words, cancellation);

    /// <summary>The values of a field or attribute of spans, the most frequent first, that contain <c>substringMatch</c>.</summary>
    internal static Task<Results<Marked<Page<TagValueTotalShape>>, ApiError>> AttributeValuesAsync(
        Tenant tenant,
        string attribute,
        ExploreRequest request,
        PageRequest page,
        QuestionReader reader,
        Words words,
        CancellationToken cancellation,
        string? substringMatch = null
    ) =>
        ValuesAsync(
            tenant,
            attribute,
            request with
            {
                Dataset = "spans",
                Query = substringMatch,
            },
            page,
            reader,
            words,
            cancellation
        );
}

/// <summary>TotalValues: how many events have it; null where that was not counted.</summary>
sealed record TagKeyShape(string Key, string Name, long? TotalValues);

sealed record TagValueTotalShape(string Key, string Name, string Value, long Count, DateTime FirstSeen, DateTime LastSeen);

/// <summary>Key: as it is asked for. Name: as people know it.</summary>
sealed record AttributeShape(string Key, string Name, string AttributeType, AttributeSource AttributeSource);

/// <summary>SourceType: <c>sentry</c> for fields, <c>user</c> for what clients add.</summary>
sealed record AttributeSource([property: System.Text.Json.Serialization.JsonPropertyName("source_type")] string SourceType);
