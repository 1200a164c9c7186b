using System.Diagnostics.CodeAnalysis;
using Tocsin.Protocol;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>The GET form of the store: an event in the parameter <c>sentry_data</c>, for pages that can load nothing but images.</summary>
static class StoreQuery
{
    const string Parameter = "sentry_data=";

    /// <summary>The event as JSON, which then goes the way of a posted one.</summary>
    public static bool TryRead(
        HttpRequest request,
        int limit,
        out ReadOnlyMemory<byte> json,
        [NotNullWhen(false)] out Refusal? refusal
    )
    {
        json = default;
        refusal = Refusal.EmptyBody;
        // As written: what a plus means depends on what the value holds.
        var query = request.QueryString.Value.AsSpan().TrimStart('?');
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            if (pair.StartsWith(Parameter))
            {
                var read = StoreBody.TryDecodeQuery(pair[Parameter.Length..], limit, out var decoded, out refusal);
                json = decoded ?? default;
                return read;
            }
        }
        return false;
    }
}
