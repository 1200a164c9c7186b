using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Tocsin.Server.Api;

/// <summary>
/// A caller's mistake, answered with Sentry's error bodies: <c>{"detail": "…"}</c>, or one list of sentences per field.
/// </summary>
sealed class ApiError : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    public const string DoesNotExist = "The requested resource does not exist";
    public const string NoPermission = "You do not have permission to perform this action.";
    public const string NoCredentials = "Authentication credentials were not provided.";
    public const string BadToken = "Invalid token";

    readonly IReadOnlyDictionary<string, IReadOnlyList<string>>? fields;

    /// <param name="status">One that has no word of its own below.</param>
    /// <param name="detail">A sentence for people.</param>
    public ApiError(int status, string detail)
        : this(status, detail, null) { }

    ApiError(int status, string detail, IReadOnlyDictionary<string, IReadOnlyList<string>>? fields)
    {
        Status = status;
        Detail = detail;
        this.fields = fields;
    }

    public int Status { get; }
    public string Detail { get; }

    /// <summary>Whole seconds; null: no Retry-After.</summary>
    public int? RetryAfter { get; private init; }

    int? IStatusCodeHttpResult.StatusCode => Status;

    public static ApiError BadRequest(string detail) => new(StatusCodes.Status400BadRequest, detail);

    public static ApiError InvalidSort(IEnumerable<string> allowed) =>
        BadRequest($"Invalid sort: one of {string.Join(", ", allowed)}.");

    public static ApiError Field(string field, string sentence) => Fields((field, sentence));

    public static ApiError Fields(params IEnumerable<(string Field, string Sentence)> problems)
    {
        var fields = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var group in problems.GroupBy(problem => problem.Field, problem => problem.Sentence))
        {
            fields[group.Key] = [.. group];
        }
        return new(StatusCodes.Status400BadRequest, "", fields);
    }

    public static ApiError Unauthorized(string detail) => new(StatusCodes.Status401Unauthorized, detail);

    public static ApiError Forbidden(string detail = NoPermission) => new(StatusCodes.Status403Forbidden, detail);

    public static ApiError NotFound(string detail = DoesNotExist) => new(StatusCodes.Status404NotFound, detail);

    public static ApiError MethodNotAllowed(string method) =>
        new(StatusCodes.Status405MethodNotAllowed, $"Method \"{method}\" not allowed.");

    public static ApiError Conflict(string detail) => new(StatusCodes.Status409Conflict, detail);

    public static ApiError TooMany(string detail, TimeSpan retryAfter) =>
        new(StatusCodes.Status429TooManyRequests, detail)
        {
            RetryAfter = Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds)),
        };

    public static ApiError Unavailable(string detail, TimeSpan retryAfter) =>
        new(StatusCodes.Status503ServiceUnavailable, detail) { RetryAfter = (int)Math.Ceiling(retryAfter.TotalSeconds) };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }
        if (RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
        return fields is null
            ? response.WriteAsJsonAsync(new(Detail), ApiJson.Written.ErrorBody, cancellationToken: httpContext.RequestAborted)
            : response.WriteAsJsonAsync(fields, ApiJson.Written.FieldErrors, cancellationToken: httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(400, typeof(ErrorBody), ["application/json"]));
}

sealed record ErrorBody(string Detail);
