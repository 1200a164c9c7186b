using Microsoft.AspNetCore.Http.Features;

namespace Tocsin.Server.Api;

/// <summary>
/// The request boundary of the API: whatever goes wrong behind it is answered with a body that says so. A bad body or parameter is
/// the caller's mistake; anything else is ours, logged with its trace and answered with 500 and the request's id to find it by.
/// </summary>
sealed partial class ApiErrors(RequestDelegate next, ILogger<ApiErrors> log)
{
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
            await AnswerAsync(context, mistake.StatusCode, Sentence(mistake));
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
            await AnswerAsync(context, 500, $"Internal error. The server's log tells more about {context.TraceIdentifier}.");
            return;
        }
        if (!context.Response.HasStarted && context.Response.StatusCode >= 400 && context.Response.ContentType is null)
        {
            await AnswerAsync(context, context.Response.StatusCode, Sentence(context));
        }
    }

    static async Task AnswerAsync(HttpContext context, int status, string detail)
    {
        var kept = context.Response.Headers.Where(header => IsOfEveryAnswer(header.Key)).ToList();
        context.Response.Clear();
        foreach (var (name, values) in kept)
        {
            context.Response.Headers[name] = values;
        }
        SecurityHeaders.Write(context);
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(
            new(detail),
            ApiJson.Written.ErrorBody,
            cancellationToken: context.RequestAborted
        );
    }

    static bool IsOfEveryAnswer(string header) =>
        header.Equals("Allow", StringComparison.OrdinalIgnoreCase)
        || header.StartsWith(RequestLimits.Headers, StringComparison.OrdinalIgnoreCase);

    static string Sentence(BadHttpRequestException mistake) =>
        mistake.InnerException is System.Text.Json.JsonException json ? $"JSON parse error - {json.Message}" : mistake.Message;

    static string Sentence(HttpContext context) =>
        context.Response.StatusCode switch
        {
            StatusCodes.Status405MethodNotAllowed => $"Method \"{context.Request.Method}\" not allowed.",
            StatusCodes.Status415UnsupportedMediaType => $"Unsupported media type \"{context.Request.ContentType}\" in request.",
            StatusCodes.Status404NotFound => ApiError.DoesNotExist,
            var status => context.Features.Get<IHttpResponseFeature>()?.ReasonPhrase is { Length: > 0 } reason
                ? reason
                : Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
        };

    [LoggerMessage(LogLevel.Error, "{Method} {Route} failed ({Request})")]
    static partial void Failed(ILogger logger, Exception problem, string method, string? route, string request);
}
