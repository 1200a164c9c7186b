using Microsoft.OpenApi;

namespace Tocsin.Server.Api;

/// <summary>
/// The description of the API at <c>/api/openapi.json</c>, from which the types of our own pages are generated. Shapes come from the
/// handlers' signatures; the transformers here add what a signature does not say.
/// </summary>
static class OpenApiDocument
{
    public const string Address = "/api/openapi.json";
    const string Bearer = "token";
    const string Cookie = "session";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) =>
        services.AddOpenApi(options =>
        {
            options.ShouldInclude = route => route.RelativePath?.StartsWith("api/0/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer((document, _, _) => Describe(document));
            options.AddOperationTransformer((operation, context, _) => OpenApiOperations.Complete(operation, context));
            options.AddSchemaTransformer((schema, context, _) => OpenApiSchemas.Simplify(schema, context));
        });

    static Task Describe(Microsoft.OpenApi.OpenApiDocument document)
    {
        document.Info = new()
        {
            Title = "Tocsin",
            Version = "0",
            Description = "Sentry's API v0 where Sentry has the route, our own beside it.",
        };
        // Every server describes itself; the committed copy must not name one.
        document.Servers = [];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
            [Cookie] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = "tocsin_session",
                Description = "Requests that change something also send the cookie tocsin_csrf back as X-CSRF-Token.",
            },
        };
        // Both forms are served; the one with the slash is the one that clients use.
        var paths = new OpenApiPaths();
        foreach (var (address, path) in document.Paths.OrderBy(path => path.Key, StringComparer.Ordinal))
        {
            paths[address.EndsWith('/') ? address : $"{address}/"] = path;
        }
        document.Paths = paths;
        document.Security = [Require(document, Bearer), Require(document, Cookie)];
        return Task.CompletedTask;
    }

    static OpenApiSecurityRequirement Require(Microsoft.OpenApi.OpenApiDocument document, string scheme) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
