using Tocsin.Server.Api;

namespace Tocsin.Server.Access;

/// <summary>Who may use a route. Every route has exactly one; a route without is not served.</summary>
abstract record RouteRule : IRouteNote
{
    RouteRule() { }

    /// <summary>For the API's description.</summary>
    public abstract string Sentence { get; }

    /// <summary>Callers of one organisation with this scope in it; the target says what the address names.</summary>
    public sealed record InTenant(Scope Scope, TenantTarget Target) : RouteRule
    {
        public override string Sentence => $"Needs the scope {Scope}.";
    }

    /// <summary>Callers about themselves. Scope: what a token needs; a session needs none.</summary>
    public sealed record ForCaller(Credential Credential, Scope? Scope) : RouteRule
    {
        public override string Sentence =>
            Credential switch
            {
                Credential.Session => "Needs a session; tokens are refused.",
                Credential.User => "Needs a session or a user's token.",
                _ => Scope is { } scope ? $"Tokens need the scope {scope}." : "Takes any session or token.",
            };
    }

    /// <summary>Everybody; see <see cref="PublicRoutes"/> for why.</summary>
    public sealed record Public(bool ReadsCaller) : RouteRule
    {
        public override string Sentence => "Needs no credentials.";
    }

    public static RouteRule? Of(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<RouteRule>()
        ?? (endpoint is RouteEndpoint { RoutePattern.RawText: { } pattern } ? PublicRoutes.Find(pattern) : null);
}

/// <summary>Which credentials a route for callers takes.</summary>
enum Credential
{
    /// <summary>A session, a user's token, an organisation's token.</summary>
    Any,

    /// <summary>A session or a user's token.</summary>
    User,

    /// <summary>A session only: what a stolen token must not be able to do.</summary>
    Session,
}

/// <summary>What an address names, beside the organisation.</summary>
abstract record TenantTarget
{
    TenantTarget() { }

    public sealed record Organization : TenantTarget;

    public sealed record Project : TenantTarget;

    public sealed record Team : TenantTarget;

    /// <summary>A thing whose address has no organisation in it, such as <c>/issues/{issue}/</c>: its owner is looked up first.</summary>
    public sealed record Owned(string Parameter, OwnerLookup FindOwner) : TenantTarget;
}

/// <summary>Null: there is no such thing.</summary>
delegate Task<Owner?> OwnerLookup(string value, IServiceProvider services, CancellationToken cancellation);

/// <summary>Whose a thing is.</summary>
readonly record struct Owner(long OrganizationId, long? ProjectId);
