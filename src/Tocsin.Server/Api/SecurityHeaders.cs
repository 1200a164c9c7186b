namespace Tocsin.Server.Api;

/// <summary>
/// What every answer tells the browser. Pages may load only what this server serves and may not be framed; answers of the API
/// are no documents at all and are never kept by a cache.
/// </summary>
static class SecurityHeaders
{
    const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    const string DataPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                Write(context);
                return next(context);
            }
        );

    public static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        var isData = context.Request.Path.StartsWithSegments("/api");
        headers.ContentSecurityPolicy = isData ? DataPolicy : PagePolicy;
        if (isData)
        {
            headers.CacheControl = "no-store";
        }
        else
        {
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        }
    }
}
