using System.Text;
using Microsoft.AspNetCore.Http.Extensions;
using Tocsin.Server.Hosting;

namespace Tocsin.Server.Api;

/// <summary>Sentry's <c>Link</c> header.</summary>
static class PageLinks
{
    /// <param name="previous">Null: there is no such page; the header has its side all the same.</param>
    /// <param name="next">Likewise.</param>
    public static void Write(HttpContext context, Cursor? previous, Cursor? next)
    {
        var address = Address(context);
        context.Response.Headers.Link = $"{Side(address, "previous", previous, true)}, {Side(address, "next", next, false)}";
    }

    // From the configured address, not from the Host header, which any client can set.
    static string Address(HttpContext context)
    {
        var address = new StringBuilder(context.RequestServices.GetRequiredService<ServerOptions>().Address);
        address.Append(context.Request.Path.ToUriComponent());
        var query = context
            .Request.Query.Where(parameter => parameter.Key != "cursor")
            .SelectMany(parameter => parameter.Value, (parameter, value) => KeyValuePair.Create(parameter.Key, value ?? ""));
        return address.Append(new QueryBuilder(query).ToQueryString()).ToString();
    }

    static string Side(string address, string name, Cursor? cursor, bool isPrevious)
    {
        var place = cursor ?? new Cursor(0, 0, isPrevious);
        var joint = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var results = cursor is null ? "false" : "true";
        return $"<{address}{joint}cursor={place}>; rel=\"{name}\"; results=\"{results}\"; cursor=\"{place}\"";
    }
}
