using Microsoft.AspNetCore.Routing;
using Server.Tests.Hosting;
using Tocsin.Server.Access;

namespace Server.Tests.Access.Permissions;

/// <summary>One method of one route.</summary>
sealed record TableRoute(string Method, string Pattern, RouteRule? Rule)
{
    /// <summary>Answered before the gate is asked.</summary>
    public bool IsShortCircuited { get; init; }

    /// <summary>The pattern with everything in braces replaced.</summary>
    public string Fill(IReadOnlyDictionary<string, string> values)
    {
        var path = Pattern;
        foreach (var (name, value) in values)
        {
            path = System.Text.RegularExpressions.Regex.Replace(path, $@"\{{\*{{0,2}}{name}(:[^}}]*)?\}}", value);
        }
        return System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]*\}", "1");
    }

    public override string ToString() => $"{Method} {Pattern}";
}

static class RouteTable
{
    /// <summary>Everything that the server really answers, in a stable order.</summary>
    public static IReadOnlyList<TableRoute> Of(TocsinHost host) =>
        [
            .. host.Get<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .SelectMany(endpoint =>
                    (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(method => new TableRoute(
                        method,
                        endpoint.RoutePattern.RawText!,
                        RouteRule.Of(endpoint)
                    )
                    {
                        IsShortCircuited = endpoint.Metadata.Any(item => item.GetType().Name.Contains("ShortCircuit")),
                    })
                )
                .Distinct()
                .OrderBy(route => route.Pattern, StringComparer.Ordinal)
                .ThenBy(route => route.Method, StringComparer.Ordinal),
        ];

    /// <summary>Routes that nobody has said a rule for.</summary>
    public static IEnumerable<TableRoute> Unruled(TocsinHost host) => Of(host).Where(route => route.Rule is null);
}
