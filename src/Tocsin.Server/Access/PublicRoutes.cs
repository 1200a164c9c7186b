using System.Collections.Frozen;
using Tocsin.Server.Api;

namespace Tocsin.Server.Access;

/// <summary>
/// The only routes for people and tools that ask for no session or token, each with its reason. Whatever is not here must be mapped
/// through a group of <see cref="GatedRoutes"/>, or is not served at all. The gateway's doors, which check a client's key themselves,
/// and the files of the pages, which hold no data, are marked where they are mapped; the approved table of permissions lists them all.
/// </summary>
static class PublicRoutes
{
    static readonly FrozenDictionary<string, RouteRule.Public> All = new Dictionary<string, RouteRule.Public>
    {
        // Before there can be a session; they check what the visitor knows.
        ["/api/0/"] = new(true),
        ["/api/0/auth/login/"] = new(true),
        ["/api/0/setup/"] = new(true),
        ["/api/0/accept-invite/{invite}/"] = new(true),
        // Load balancers and provisioning tools ask whether the server runs; the answer is a word.
        ["/api/0/internal/health/"] = new(false),
        // Describes the API, which is the same everywhere.
        [OpenApiDocument.Address] = new(false),
        ["/api/"] = new(false),
        // Tells that there is nothing.
        [UnknownRoute.Pattern] = new(false),
    }.ToFrozenDictionary();

    public static IReadOnlyCollection<string> Patterns => All.Keys;

    public static RouteRule.Public? Find(string pattern) => All.GetValueOrDefault(pattern);
}
