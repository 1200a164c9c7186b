namespace Tocsin.Server.Api;

/// <summary>
/// Answers HEAD as GET without the body (RFC 9110), so that scripts can look at a list's <c>Link</c> and <c>X-Hits</c> alone. The routes know of GET only.
/// </summary>
sealed class HeadRequests(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (!HttpMethods.IsHead(context.Request.Method) || !path.StartsWithSegments("/api/0") && path != "/api/")
        {
            await next(context);
            return;
        }
        var body = context.Response.Body;
        context.Request.Method = HttpMethods.Get;
        context.Response.Body = Stream.Null;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
            context.Response.Body = body;
        }
    }
}
