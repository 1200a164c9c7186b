using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Tocsin.Server.Hosting;

/// <summary>
/// Compresses the API's answers: fifty issues are 83 KB of JSON, and 12 KB on the way. The gateway's are a few bytes each and stay as they are,
/// files of the interface are compressed when they are built.
/// </summary>
static class AnswerCompression
{
    public static IServiceCollection AddAnswerCompression(this IServiceCollection services) =>
        services
            .AddResponseCompression(options =>
            {
                // Over TLS too: what a length could tell another site of (BREACH) needs requests with the session's cookie, which is SameSite.
                options.EnableForHttps = true;
                options.MimeTypes = ["application/json", "text/csv"];
                options.Providers.Add<BrotliCompressionProvider>();
                options.Providers.Add<GzipCompressionProvider>();
            })
            .Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest)
            .Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);

    public static void UseAnswerCompression(this WebApplication app) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api/0"), api => api.UseResponseCompression());
}
