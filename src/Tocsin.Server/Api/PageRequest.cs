using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Tocsin.Server.Api;

/// <summary>
/// Which part of a list is asked for: <c>cursor</c> and <c>per_page</c> (or <c>limit</c>), at most 100 rows.
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
        var wanted = (string?)query["per_page"] ?? query["limit"];
        var limit = MaxLimit;
        if (
            !string.IsNullOrEmpty(wanted)
            && (!int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit < 1)
        )
        {
            throw new BadHttpRequestException("Invalid per_page value. Must be a whole number from 1 to 100.");
        }
        return new(new PageRequest(cursor, Math.Min(limit, MaxLimit)));
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(Paged.Instance);
}

/// <summary>Marks a route that answers in pages.</summary>
sealed class Paged
{
    public static Paged Instance { get; } = new();
}
