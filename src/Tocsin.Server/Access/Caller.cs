namespace Tocsin.Server.Access;

/// <summary>
/// Who asks, as far as the credentials tell; what they may do in an organisation is the <see cref="Tenant"/>'s to say.
/// Handlers of routes for callers take it as a parameter.
/// </summary>
abstract record Caller
{
    Caller() { }

    /// <summary>Null for a token that belongs to an organisation.</summary>
    public virtual long? UserId => null;

    /// <summary>Names the caller for limits and logs; holds no secret.</summary>
    public abstract string Key { get; }

    /// <summary>Null: a session, which may do whatever its user may.</summary>
    public virtual ScopeSet? TokenScopes => null;

    /// <summary>A browser that logged in. Requests that change something need the antiforgery value.</summary>
    public sealed record Session(long Id, long User, string Antiforgery) : Caller
    {
        public override long? UserId => User;
        public override string Key => $"session {Id}";
    }

    public sealed record UserToken(long Id, long User, ScopeSet Scopes) : Caller
    {
        public override long? UserId => User;
        public override string Key => $"token {Id}";
        public override ScopeSet? TokenScopes => Scopes;
    }

    public sealed record OrganizationToken(long Id, long OrganizationId, ScopeSet Scopes) : Caller
    {
        public override string Key => $"token {Id}";
        public override ScopeSet? TokenScopes => Scopes;
    }

    public static ValueTask<Caller?> BindAsync(HttpContext context) => new(context.Features.Get<Caller>());
}
