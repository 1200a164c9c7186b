using System.Text.Json.Serialization;

namespace Tocsin.Server.Access;

/// <summary>The answer for a project's former slug, in the form that Sentry's command line follows by itself.</summary>
sealed class MovedProject(string slug) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var former = (string)httpContext.Request.RouteValues["project"]!;
        var organization = (string)httpContext.Request.RouteValues["organization"]!;
        var path = httpContext.Request.Path.Value!.Replace(
            $"/projects/{organization}/{former}",
            $"/projects/{organization}/{slug}",
            StringComparison.Ordinal
        );
        var url = $"{httpContext.Request.PathBase}{path}{httpContext.Request.QueryString}";
        var body = new MovedBody(slug, new("resource-moved", "Resource has been moved", new(url, slug)));
        httpContext.Response.StatusCode = StatusCodes.Status302Found;
        httpContext.Response.Headers.Location = url;
        return httpContext.Response.WriteAsJsonAsync(
            body,
            MovedJson.Default.MovedBody,
            cancellationToken: httpContext.RequestAborted
        );
    }
}

sealed record MovedBody(string Slug, MovedDetail Detail);

sealed record MovedDetail(string Code, string Message, MovedTo Extra);

sealed record MovedTo(string Url, string Slug);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(MovedBody))]
sealed partial class MovedJson : JsonSerializerContext;
