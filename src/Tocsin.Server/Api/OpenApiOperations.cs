using System.Reflection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Tocsin.Server.Api;

/// <summary>What a handler's signature does not say about its operation.</summary>
static class OpenApiOperations
{
    public static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<MethodInfo>().FirstOrDefault() is { DeclaringType: { } room } handler)
        {
            var tag = room.Name.EndsWith("Api", StringComparison.Ordinal) ? room.Name[..^3] : room.Name;
            operation.Tags = new HashSet<OpenApiTagReference> { new(tag) };
            operation.OperationId = OperationId(context, tag, handler);
        }
        AddPlaces(operation, context.Description.RelativePath!);
        foreach (var parameter in metadata.OfType<QueryParameter>().Where(parameter => IsNew(operation, parameter)))
        {
            operation.Parameters!.Add(Describe(parameter));
        }
        if (metadata.OfType<Paged>().Any())
        {
            AddPaging(operation);
        }
        if (metadata.OfType<MarkHeaders>().Any())
        {
            AddMarks(operation);
        }
        if (metadata.OfType<IRouteNote>().FirstOrDefault() is { } note)
        {
            operation.Description = string.IsNullOrEmpty(operation.Description)
                ? note.Sentence
                : $"{operation.Description} {note.Sentence}";
        }
        return Task.CompletedTask;
    }

    // A handler may serve two methods or addresses; the method and the address make the id unique and keep it stable.
    static string OperationId(OpenApiOperationTransformerContext context, string tag, MethodInfo handler)
    {
        var name = handler.Name.EndsWith("Async", StringComparison.Ordinal) ? handler.Name[..^5] : handler.Name;
        var address = context.Description.RelativePath!["api/0/".Length..].Trim('/');
        var place = string.Concat(
            address
                .Split('/', '{', '}', '-', ':')
                .Where(part => part.Length > 0)
                .Select(part => char.ToUpperInvariant(part[0]) + part[1..])
        );
        return name.Contains('<', StringComparison.Ordinal)
            ? $"{context.Description.HttpMethod!.ToLowerInvariant()}{place}"
            : $"{context.Description.HttpMethod!.ToLowerInvariant()}{place}{tag}{name}";
    }

    // The gate reads organisation, project and team; handlers get them resolved and do not name them.
    static void AddPlaces(OpenApiOperation operation, string address)
    {
        operation.Parameters ??= [];
        var named = operation.Parameters.Select(parameter => parameter.Name).ToHashSet();
        var places = address.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}').Split(':')[0]);
        foreach (var (place, index) in places.Select((place, index) => (place, index)).Where(pair => !named.Contains(pair.place)))
        {
            operation.Parameters.Insert(
                Math.Min(index, operation.Parameters.Count),
                new OpenApiParameter
                {
                    Name = place,
                    In = ParameterLocation.Path,
                    Required = true,
                    Description = "Slug or id.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                }
            );
        }
    }

    static bool IsNew(OpenApiOperation operation, QueryParameter parameter) =>
        operation.Parameters!.All(known => known.Name != parameter.Name);

    static OpenApiParameter Describe(QueryParameter parameter)
    {
        var text = new OpenApiSchema { Type = JsonSchemaType.String };
        return new()
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Description = parameter.Sentence,
            Schema = parameter.Repeats ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = text } : text,
        };
    }

    static void AddMarks(OpenApiOperation operation)
    {
        if (operation.Responses?["200"] is OpenApiResponse answer)
        {
            answer.Headers = MarkHeaders.Described.ToDictionary(
                header => header.Key,
                IOpenApiHeader (header) =>
                    new OpenApiHeader
                    {
                        Description = header.Value,
                        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                    }
            );
        }
    }

    static void AddPaging(OpenApiOperation operation)
    {
        operation.Parameters!.Add(
            new OpenApiParameter
            {
                Name = "cursor",
                In = ParameterLocation.Query,
                Description = "A cursor out of the header Link.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            }
        );
        operation.Parameters.Add(
            new OpenApiParameter
            {
                Name = "per_page",
                In = ParameterLocation.Query,
                Description = $"From 1 to {PageRequest.MaxLimit} rows, which is the default.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
            }
        );
    }
}

/// <summary>Metadata of a route that adds a sentence to its description.</summary>
interface IRouteNote
{
    string Sentence { get; }
}
