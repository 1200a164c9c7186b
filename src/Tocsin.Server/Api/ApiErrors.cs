using System.Data.Common;
using Microsoft.AspNetCore.Http.Features;

namespace Tocsin.Server.Api;

/// <summary>
/// The request boundary of the API: whatever goes wrong behind it is answered with a body that says so. A bad body or parameter is
/// the caller's mistake; anything else is ours, logged with its trace and answered with 500 and the request's id to find it by.
/// </summary>
sealed partial class ApiErrors(RequestDelegate next, ILogger<ApiErrors> log)
{
    /// <summary>PostgreSQL's word for a text with U+0000 in it; SQLite keeps them.</summary>
    const string NullCharacter = "22021";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/api/0"))
        {
            await next(context);
            return;
        }
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException mistake) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, BodyMistake.Of(mistake, context.Request.ContentType));
            return;
        }
        catch (UnreadableBody mistake) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, mistake.Answer);
            return;
        }
        catch (DbException problem) when (problem.SqlState == NullCharacter && !context.Response.HasStarted)
        {
            await AnswerAsync(context, ApiError.BadRequest("Null characters are not allowed."));
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }
        catch (Exception problem) when (!context.Response.HasStarted)
        {
            Failed(log, problem, context.Request.Method, context.GetEndpoint()?.DisplayName, context.TraceIdentifier);
            await AnswerAsync(context, new(500, $"Internal error. The server's log tells more about {context.TraceIdentifier}."));
            return;
        }
        if (!context.Response.HasStarted && context.Response.StatusCode >= 400 && context.Response.ContentType is null)
        {
            await AnswerAsync(context, new(context.Response.StatusCode, Sentence(context)));
        }
    }

    static Task AnswerAsync(HttpContext context, ApiError error)
    {
        var kept = context.Response.Headers.Where(header => IsOfEveryAnswer(header.Key)).ToList();
        context.Response.Clear();
        foreach (var (name, values) in kept)
        {
            context.Response.Headers[name] = values;
        }
        SecurityHeaders.Write(context);
        return error.ExecuteAsync(context);
    }

    static bool IsOfEveryAnswer(string header) =>
        header.Equals("Allow", StringComparison.OrdinalIgnoreCase)
        || header.StartsWith(RequestLimits.Headers, StringComparison.OrdinalIgnoreCase);

    static string Sentence(HttpContext context) =>
        context.Response.StatusCode switch
        {
            StatusCodes.Status405MethodNotAllowed => $"Method \"{context.Request.Method}\" not allowed.",
            StatusCodes.Status415UnsupportedMediaType => BodyMistake.OfMediaType(context.Request.ContentType),
            StatusCodes.Status404NotFound => ApiError.DoesNotExist,
            var status => context.Features.Get<IHttpResponseFeature>()?.ReasonPhrase is { Length: > 0 } reason
                ? reason
                : Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
        };

    [LoggerMessage(LogLevel.Error, "{Method} {Route} failed ({Request})")]
    static partial void Failed(ILogger logger, Exception problem, string method, string? route, string request);
}
