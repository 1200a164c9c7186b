using System.Diagnostics;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Access;

/// <summary>
/// The caller inside an organisation, and what the address names in it. The gate makes it after it has checked all of this;
/// handlers take it as a parameter, and it is their only way to an organisation's data.
/// </summary>
sealed class Tenant
{
    public required Caller Caller { get; init; }
    public required Organization Organization { get; init; }

    /// <summary>What the caller may do here: organisation role, team roles for this team or project, limited by the token.</summary>
    public required ScopeSet Scopes { get; init; }

    /// <summary>Null for a token that belongs to the organisation.</summary>
    public Member? Member { get; init; }

    /// <summary>Only on routes below <c>/projects/{organization}/{project}/</c> and those of one project's things.</summary>
    public ProjectSnapshot Project
    {
        get => field ?? throw new UnreachableException("The route names no project.");
        init;
    }

    /// <summary>Only on routes below <c>/teams/{organization}/{team}/</c>.</summary>
    public Team Team
    {
        get => field ?? throw new UnreachableException("The route names no team.");
        init;
    }

    public long? UserId => Caller.UserId;

    public bool May(Scope scope) => Scopes.Holds(scope);

    /// <summary>The same caller after the organisation was renamed.</summary>
    public Tenant Of(Organization changed) =>
        new()
        {
            Caller = Caller,
            Organization = changed,
            Scopes = Scopes,
            Member = Member,
        };

    public static ValueTask<Tenant> BindAsync(HttpContext context) =>
        new(
            context.Features.Get<Tenant>() ?? throw new UnreachableException("The route is not mapped through the gate's groups.")
        );
}
