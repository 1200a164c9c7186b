using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Tocsin.Server.Api;

/// <summary>
/// Which part of a list is asked for: <c>cursor</c> and <c>per_page</c>, 1 to 100 rows; a larger one is refused, as Sentry refuses it, since who does
/// not look at the <c>Link</c> would take a cut list for the whole. A <c>limit</c> is what the caller wants at most, and no more than 100 rows come.
/// A handler takes it as a parameter; the OpenAPI document then lists both.
/// </summary>
sealed record PageRequest(Cursor Cursor, int Limit) : IEndpointParameterMetadataProvider
{
    public const int MaxLimit = 100;

    public int Offset => (int)Cursor.Offset;

    /// <summary>Of the page before, in a list by offset; null: this is the first.</summary>
    public Cursor? Previous => Offset > 0 ? new Cursor(0, Math.Max(0, Offset - Limit), true) : null;

    /// <summary>Of the page behind, in a list by offset, if there is one.</summary>
    public Cursor Next => new(0, Offset + Limit, false);

    public static ValueTask<PageRequest> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (!Cursor.TryParse(query["cursor"], out var cursor))
        {
            throw new BadHttpRequestException("Invalid cursor parameter.");
        }
        var perPage = Number(query, "per_page") ?? MaxLimit;
        var limit = Number(query, "limit") ?? MaxLimit;
        if (perPage > MaxLimit)
        {
            throw Invalid("per_page");
        }
        return new(new PageRequest(cursor, query.ContainsKey("per_page") ? perPage : Math.Min(limit, MaxLimit)));
    }

    /// <summary>Null: it is not there. What is too large for a number is too large for a page too.</summary>
    static int? Number(IQueryCollection query, string name)
    {
        var text = query[name].ToString();
        return text.Length == 0 ? null
            : !text.All(char.IsAsciiDigit) ? throw Invalid(name)
            : !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? int.MaxValue
            : number > 0 ? number
            : throw Invalid(name);
    }

    static BadHttpRequestException Invalid(string name) => new($"Invalid {name} value. Must be between 1 and {MaxLimit}.");

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(Paged.Instance);
}

/// <summary>Marks a route that answers in pages.</summary>
sealed class Paged
{
    public static Paged Instance { get; } = new();
}
