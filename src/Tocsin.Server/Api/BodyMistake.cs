using System.Text.Json;

namespace Tocsin.Server.Api;

/// <summary>
/// What is wrong with a request that the framework could not read, in Sentry's words: its own sentences name types of ours and parameters of
/// handlers, which say nothing to a caller.
/// </summary>
static class BodyMistake
{
    /// <summary>The key under which Sentry puts what is wrong with a body as a whole.</summary>
    const string WholeBody = "non_field_errors";

    public static ApiError Of(BadHttpRequestException mistake, string? contentType) =>
        mistake switch
        {
            { StatusCode: StatusCodes.Status415UnsupportedMediaType } => new(mistake.StatusCode, OfMediaType(contentType)),
            { InnerException: JsonException { InnerException: JsonException broken } } => ApiError.BadRequest(
                $"JSON parse error - {broken.Message}"
            ),
            { InnerException: JsonException misfit } => OfValue(misfit),
            { StatusCode: StatusCodes.Status400BadRequest } when IsAboutBody(mistake) => ApiError.Field(
                WholeBody,
                "No data provided. A JSON object is expected."
            ),
            _ => new(mistake.StatusCode, mistake.Message),
        };

    public static string OfMediaType(string? contentType) => $"Unsupported media type \"{contentType}\" in request.";

    /// <summary>JSON, but not what the field takes. The path is <c>$.field.below[0]</c>, or <c>$</c> for the body itself.</summary>
    static ApiError OfValue(JsonException misfit)
    {
        var path = misfit.Path.AsSpan().TrimStart("$.['");
        var end = path.IndexOfAny(".['");
        var field = end < 0 ? path : path[..end];
        return field.IsEmpty
            ? ApiError.Field(WholeBody, "Invalid data. A JSON object is expected.")
            : ApiError.Field(field.ToString(), Said(misfit) ?? "Not a valid value.");
    }

    /// <summary>What a converter of ours says; the framework's own sentence names the type that it could not make.</summary>
    static string? Said(JsonException misfit) =>
        misfit.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal) ? null : misfit.Message;

    /// <summary>Said of a body that is missing or <c>null</c>; a bad parameter's sentence names the parameter and what it should be.</summary>
    static bool IsAboutBody(BadHttpRequestException mistake) =>
        mistake.Message.Contains("body was provided", StringComparison.Ordinal);
}
