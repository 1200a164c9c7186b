using System.Collections.Frozen;

namespace Tocsin.Server.Access;

/// <summary>
/// The only routes that ask for no session or token, each with its reason. Whatever is not here must be mapped through a group of
/// <see cref="GatedRoutes"/>, or is not served at all.
/// </summary>
static class PublicRoutes
{
    static readonly FrozenDictionary<string, RouteRule.Public> All = new Dictionary<string, RouteRule.Public>
    {
        // Clients with a DSN: the gateway checks the key itself.
        ["/api/{project}/envelope/"] = new(false),
        ["/api/{project}/store/"] = new(false),
        ["/api/store/"] = new(false),
        ["/api/{project}/security/"] = new(false),
        ["/api/{project}/csp-report/"] = new(false),
        ["/api/{project}/nel/"] = new(false),
        ["/api/{project}/minidump/"] = new(false),
        // Before there can be a session; they check what the visitor knows.
        ["/api/0/"] = new(true),
        ["/api/0/auth/login/"] = new(true),
        ["/api/0/setup/"] = new(true),
        ["/api/0/accept-invite/{invite}/"] = new(true),
        // Load balancers and provisioning tools ask whether the server runs; the answer is a word.
        ["/api/0/internal/health/"] = new(false),
        ["/health"] = new(false),
        ["/health/live"] = new(false),
        ["/health/ready"] = new(false),
        // Describes the API, which is the same everywhere.
        ["/api/openapi.json"] = new(false),
        ["/api/"] = new(false),
        // The pages themselves hold no data; what they show comes through the API.
        ["{*path:nonfile}"] = new(false),
    }.ToFrozenDictionary();

    public static IReadOnlyCollection<string> Patterns => All.Keys;

    public static RouteRule.Public? Find(string pattern) => All.GetValueOrDefault(pattern);
}
