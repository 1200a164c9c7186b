using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;
using Tocsin.Server.Access;
using Tocsin.Server.Api;

namespace Tocsin.Server.Hosting;

/// <summary>
/// The web interface from <c>wwwroot</c> beside the server. Files below <c>/assets/</c> carry a hash of their content in their name and never
/// change; every other address that is no file is a page of the one application.
/// </summary>
sealed class WebFiles(string root, string prefix)
{
    const string Index = "index.html";
    const int WorthCompressing = 1024;

    static readonly FileExtensionContentTypeProvider Types = new();

    readonly ConcurrentDictionary<string, WebFile?> files = new(StringComparer.Ordinal);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var url = routes.ServiceProvider.GetRequiredService<ServerOptions>().Url;
        var files = new WebFiles(Path.Combine(AppContext.BaseDirectory, "wwwroot"), url.AbsolutePath.TrimEnd('/'));
        var page = new RouteRule.Public(ReadsCaller: false);
        routes
            .Map("/{**path}", files.AnswerAsync)
            .WithMetadata(page)
            // Pages come after every route of the server, whatever is added there.
            .WithOrder(int.MaxValue)
            .ExcludeFromDescription();
    }

    Task AnswerAsync(HttpContext context, string? path)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            // Not a page that may only be read: a client whose address is wrong shall see that it is.
            return ApiError.NotFound().ExecuteAsync(context);
        }
        var isAsset = path?.StartsWith("assets/", StringComparison.Ordinal) == true;
        var isPage = path is null || path.Length == 0 || !Path.HasExtension(path) || !isAsset && Find(path) is null;
        var file = context.Request.Path.StartsWithSegments("/api") ? null : Find(isPage ? Index : path!);
        if (file is null || isAsset && isPage)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return context.Response.WriteAsync(
                isPage && !isAsset
                    ? "The web interface is not part of this build; it was made with -p:SkipWeb=true. The API is at /api/0/."
                    : "",
                context.RequestAborted
            );
        }
        context.Response.Headers.CacheControl = isAsset ? "public, max-age=31536000, immutable" : "no-cache";
        return file.AnswerAsync(context);
    }

    /// <summary>Only names that were found on disk are kept, so that strangers cannot fill the memory with names.</summary>
    WebFile? Find(string path)
    {
        if (files.TryGetValue(path, out var known))
        {
            return known;
        }
        var full = Path.GetFullPath(Path.Combine(root, path));
        if (!full.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(full))
        {
            return null;
        }
        Types.TryGetContentType(path, out var type);
        var content = path == Index ? Placed(File.ReadAllText(full)) : File.ReadAllBytes(full);
        return files.GetOrAdd(path, WebFile.Of(content, type ?? "application/octet-stream"));
    }

    /// <summary>
    /// One document stands for pages at every depth, so what it names relative to itself is named from the root of the host, below the path
    /// of TOCSIN_URL. Its scripts learn that path from the document.
    /// </summary>
    byte[] Placed(string index)
    {
        var path = HtmlEncoder.Default.Encode(prefix);
        return Encoding.UTF8.GetBytes(
            index
                .Replace("=\"./", $"=\"{path}/", StringComparison.Ordinal)
                .Replace("<html ", $"<html data-prefix=\"{path}\" ", StringComparison.Ordinal)
        );
    }

    sealed record WebFile(byte[] Plain, byte[]? Brotli, string ContentType, EntityTagHeaderValue Tag)
    {
        public static WebFile Of(byte[] plain, string type)
        {
            var isText =
                type.StartsWith("text/", StringComparison.Ordinal)
                || type.Contains("javascript")
                || type.Contains("svg")
                || type.Contains("json");
            return new(
                plain,
                isText && plain.Length > WorthCompressing ? Compress(plain) : null,
                isText && !type.Contains("charset") ? $"{type}; charset=utf-8" : type,
                new($"\"{Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 8))}\"")
            );
        }

        static byte[] Compress(byte[] plain)
        {
            using var into = new MemoryStream();
            using (var brotli = new BrotliStream(into, CompressionLevel.Optimal))
            {
                brotli.Write(plain);
            }
            return into.ToArray();
        }

        public async Task AnswerAsync(HttpContext context)
        {
            var (request, response) = (context.Request, context.Response);
            response.Headers.ETag = Tag.ToString();
            response.Headers.Vary = "Accept-Encoding";
            if (request.GetTypedHeaders().IfNoneMatch?.Any(tag => tag.Compare(Tag, useStrongComparison: false)) == true)
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
            var body = Plain;
            if (Brotli is not null && request.GetTypedHeaders().AcceptEncoding?.Any(coding => coding.Value == "br") == true)
            {
                response.Headers.ContentEncoding = "br";
                body = Brotli;
            }
            response.ContentType = ContentType;
            response.ContentLength = body.Length;
            if (!HttpMethods.IsHead(request.Method))
            {
                await response.Body.WriteAsync(body, context.RequestAborted);
            }
        }
    }
}
