using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Tocsin.Server.Hosting;

/// <summary>
/// Compresses the API's answers to pages of our own: fifty issues are 83 KB of JSON, and 12 KB on the way. Only to them: what another site has a
/// browser ask is not compressed, so that no length tells it anything (BREACH), and programs get the plain bytes.
/// </summary>
static class AnswerCompression
{
    public static IServiceCollection AddAnswerCompression(this IServiceCollection services) =>
        services
            .AddResponseCompression(options =>
            {
                options.EnableForHttps = true;
                options.MimeTypes = ["application/json", "text/csv"];
                options.Providers.Add<BrotliCompressionProvider>();
                options.Providers.Add<GzipCompressionProvider>();
            })
            .Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest)
            .Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);

    public static void UseAnswerCompression(this WebApplication app) =>
        app.UseWhen(IsAskedByOurPage, api => api.UseResponseCompression());

    /// <summary>Every browser says where a request comes from, and no page can say otherwise.</summary>
    static bool IsAskedByOurPage(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api/0") && context.Request.Headers["Sec-Fetch-Site"] == "same-origin";
}
