using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Tocsin.Server.Api;

/// <summary>Schemas as our answers and bodies really are.</summary>
static class OpenApiSchemas
{
    public static async Task Simplify(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var type = context.JsonTypeInfo.Type;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Patch<>))
        {
            var inner = await context.GetOrCreateSchemaAsync(type.GetGenericArguments()[0], null, default);
            schema.Type = inner.Type | JsonSchemaType.Null;
            schema.Properties = inner.Properties;
            schema.Required = null;
            return;
        }
        // Our own converter writes them, which leaves the schema without a type.
        if (Nullable.GetUnderlyingType(type) is var bare && (bare ?? type) == typeof(DateTimeOffset))
        {
            schema.Type = bare is null ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
            schema.Format = "date-time";
            return;
        }
        // Numbers are read from text too, but always written as numbers: the text would only blur the types of our pages.
        if (
            schema.Type is { } kind
            && kind.HasFlag(JsonSchemaType.String)
            && (kind.HasFlag(JsonSchemaType.Integer) || kind.HasFlag(JsonSchemaType.Number))
        )
        {
            schema.Type = kind & ~JsonSchemaType.String;
            schema.Pattern = null;
        }
        RequireWhatIsAlwaysWritten(schema, context);
    }

    // A property without a setter is only ever an answer's: answers leave nothing out, and what cannot be null is not.
    static void RequireWhatIsAlwaysWritten(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        foreach (var property in context.JsonTypeInfo.Properties.Where(property => property is { Get: not null, Set: null }))
        {
            if (schema.Properties?.TryGetValue(property.Name, out var described) != true)
            {
                continue;
            }
            (schema.Required ??= new HashSet<string>()).Add(property.Name);
            if (!property.IsGetNullable && described is OpenApiSchema inline)
            {
                inline.Type &= ~JsonSchemaType.Null;
            }
        }
    }
}
