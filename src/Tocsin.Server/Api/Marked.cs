using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace Tocsin.Server.Api;

/// <summary>An answer in whose shape there is no room for its notes: a header says each of them, as <c>1</c>, where it holds.</summary>
sealed class Marked<T>(T answer, AnswerNotes notes) : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
    where T : IResult, IEndpointMetadataProvider
{
    int? IStatusCodeHttpResult.StatusCode => StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        Say(httpContext, MarkHeaders.Partial, notes.Partial);
        Say(httpContext, MarkHeaders.Sampled, notes.Sampled);
        return answer.ExecuteAsync(httpContext);
    }

    static void Say(HttpContext context, string header, bool holds)
    {
        if (holds)
        {
            context.Response.Headers[header] = "1";
        }
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        T.PopulateMetadata(method, builder);
        builder.Metadata.Add(MarkHeaders.Metadata);
    }
}

/// <summary>Answers with their notes.</summary>
static class Marked
{
    public static Marked<Ok<T>> Ok<T>(Answer<T> answer) => new(TypedResults.Ok(answer.Value), answer.Notes);

    /// <summary>A page cut out of a list that is in memory as a whole.</summary>
    public static Marked<Page<T>> Page<T>(PageRequest page, Answer<IReadOnlyList<T>> all) =>
        new(Api.Page<T>.Of(page, all.Value), all.Notes);

    /// <summary>A page of which one row more than its limit was asked for.</summary>
    public static Marked<Page<T>> FromOffset<T>(PageRequest page, Answer<IReadOnlyList<T>> rows) =>
        new(Api.Page<T>.FromOffset(page, rows.Value), rows.Notes);

    public static Marked<Page<T>> Page<T>(Answer<Page<T>> page) => new(page.Value, page.Notes);
}

/// <summary>Metadata of a route that answers <see cref="Marked{T}"/>, and the headers that it sends.</summary>
sealed class MarkHeaders
{
    public const string Partial = "X-Tocsin-Partial";
    public const string Sampled = "X-Tocsin-Sampled";

    public static MarkHeaders Metadata { get; } = new();

    /// <summary>Each with what it says.</summary>
    public static IReadOnlyDictionary<string, string> Described { get; } =
        new Dictionary<string, string>
        {
            [Partial] =
                "1: not all rows were read, because time ran out, a day's file is damaged or a trace has too many. Absent otherwise.",
            [Sampled] = "1: rows stand for others that were not sent or not kept, and counts are estimates. Absent otherwise.",
        };
}
