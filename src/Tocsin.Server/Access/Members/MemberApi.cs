using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access.Users;
using Tocsin.Server.Api;
using Tocsin.Server.Hosting;

namespace Tocsin.Server.Access.Members;

static class MemberApi
{
    public static void MapMembers(this GatedRoutes routes)
    {
        routes.Organization.Get("/members/", Scope.MemberRead, ListAsync);
        routes.Organization.Post("/members/", Scope.MemberWrite, InviteAsync);
        routes.Organization.Get("/members/{member}/", Scope.MemberRead, GetAsync);
        routes.Organization.Put("/members/{member}/", Scope.MemberWrite, UpdateAsync);
        // Anybody may leave; removing others is checked below.
        routes.Organization.Delete("/members/{member}/", Scope.OrgRead, RemoveAsync);
    }

    /// <summary>
    /// Members and open invitations, in the order of their addresses. <c>query</c>: parts of an address or a name, <c>email:</c> and <c>role:</c>
    /// (repeatable, any of them), <c>isInvited:true</c> or <c>false</c>.
    /// </summary>
    internal static async Task<Results<Page<MemberShape>, ApiError>> ListAsync(
        Tenant tenant,
        PageRequest page,
        MemberQueries members,
        string? query,
        CancellationToken cancellation
    )
    {
        if (MemberSearch.Read(query) is not { } filter)
        {
            return ApiError.BadRequest(MemberSearch.Problem);
        }
        var all = await members.ListAsync(tenant.Organization.Id, filter, cancellation);
        return Page<MemberShape>.Of(page, [.. all.Select(member => MemberShape.Of(member))]);
    }

    /// <summary>Invites an address; the answer holds the link, which is not shown again.</summary>
    internal static async Task<Results<Created<MemberShape>, ApiError>> InviteAsync(
        Tenant tenant,
        MemberBody body,
        MemberCommands commands,
        MemberQueries members,
        ServerOptions server,
        CancellationToken cancellation
    )
    {
        if (EmailAddress.Parse(body.Email) is not { } email)
        {
            return ApiError.Field("email", "Enter a valid email address.");
        }
        if (body.ReadRole(Role.Member) is not { } role)
        {
            return ApiError.Field("orgRole", "This is no role of the organization.");
        }
        if (!Grants.MayGive(tenant, role))
        {
            return ApiError.Field("orgRole", "You do not have permission to give this role.");
        }
        if (body.ReadTeams() is not { } teams)
        {
            return ApiError.Field("teamRoles", "This is no role of a team.");
        }
        var change = await commands.InviteAsync(tenant, email, role, teams, cancellation);
        return change is MemberChange.Done done
            ? TypedResults.Created((string?)null, await ShapeAsync(tenant, done, members, server, cancellation))
            : Problem(change);
    }

    /// <summary>One member; <c>me</c> is the caller.</summary>
    internal static async Task<Results<Ok<MemberShape>, ApiError>> GetAsync(
        Tenant tenant,
        string member,
        MemberQueries members,
        CancellationToken cancellation
    ) =>
        await FindAsync(tenant, member, members, cancellation) is { } found
            ? TypedResults.Ok(MemberShape.Of(found))
            : ApiError.NotFound();

    /// <summary>Changes role or teams, or makes a new link for an invitation.</summary>
    internal static async Task<Results<Ok<MemberShape>, ApiError>> UpdateAsync(
        Tenant tenant,
        string member,
        MemberBody body,
        MemberCommands commands,
        MemberQueries members,
        ServerOptions server,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(tenant, member, members, cancellation) is not { } found)
        {
            return ApiError.NotFound();
        }
        var present = Role.Find(found.Role) ?? Role.Member;
        if (body.ReadRole(present) is not { } role)
        {
            return ApiError.Field("orgRole", "This is no role of the organization.");
        }
        if (!Grants.MayChange(tenant, present) || !Grants.MayGive(tenant, role))
        {
            return ApiError.Forbidden();
        }
        if (body.ReadTeams() is not { } teams)
        {
            return ApiError.Field("teamRoles", "This is no role of a team.");
        }
        var change =
            body.Reinvite || body.Regenerate
                ? await commands.InviteAgainAsync(found.Id, cancellation)
                : await commands.UpdateAsync(found, role, body.NamesTeams ? teams : null, cancellation);
        return change is MemberChange.Done done
            ? TypedResults.Ok(await ShapeAsync(tenant, done, members, server, cancellation))
            : Problem(change);
    }

    /// <summary>Removes a member or an invitation.</summary>
    internal static async Task<Results<NoContent, ApiError>> RemoveAsync(
        Tenant tenant,
        string member,
        MemberCommands commands,
        MemberQueries members,
        CancellationToken cancellation
    )
    {
        var found = await FindAsync(tenant, member, members, cancellation);
        var isSelf = found is not null && found.Id == tenant.Member?.Id && tenant.Caller is Caller.Session;
        if (!isSelf && !tenant.May(Scope.MemberAdmin))
        {
            return ApiError.Forbidden();
        }
        if (found is null)
        {
            return ApiError.NotFound();
        }
        if (!isSelf && !Grants.MayChange(tenant, Role.Find(found.Role) ?? Role.Member))
        {
            return ApiError.Forbidden();
        }
        var change = await commands.RemoveAsync(found, cancellation);
        return change is MemberChange.Done ? TypedResults.NoContent() : Problem(change);
    }

    internal static async Task<MemberSummary?> FindAsync(
        Tenant tenant,
        string member,
        MemberQueries members,
        CancellationToken cancellation
    )
    {
        var id =
            member == "me" ? tenant.Member?.Id
            : long.TryParse(member, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : null;
        return id is { } known ? await members.GetAsync(tenant.Organization.Id, known, cancellation) : null;
    }

    static async Task<MemberShape> ShapeAsync(
        Tenant tenant,
        MemberChange.Done done,
        MemberQueries members,
        ServerOptions server,
        CancellationToken cancellation
    )
    {
        var member = await members.GetAsync(tenant.Organization.Id, done.MemberId, cancellation);
        var link = done.Invite is { } invite ? new Uri($"{server.Address}/accept-invite?invite={invite}") : null;
        return MemberShape.Of(member!, link);
    }

    static ApiError Problem(MemberChange change) =>
        change switch
        {
            MemberChange.AlreadyMember => ApiError.Field("email", "This address is already a member or invited."),
            MemberChange.NoSuchTeam team => ApiError.Field("teamRoles", $"The organization has no team \"{team.Slug}\"."),
            _ => ApiError.Forbidden("The last owner can neither be removed nor become less."),
        };
}

/// <summary>An invitation, or a change of a member; what is absent stays as it is.</summary>
sealed record MemberBody
{
    public string? Email { get; init; }
    public string? OrgRole { get; init; }

    /// <summary>The former name of <see cref="OrgRole"/>.</summary>
    public string? Role { get; init; }
    public IReadOnlyList<MemberTeamRoleShape>? TeamRoles { get; init; }

    /// <summary>Slugs, for clients that know no roles in teams.</summary>
    public IReadOnlyList<string>? Teams { get; init; }
    public bool Reinvite { get; init; }
    public bool Regenerate { get; init; }

    internal bool NamesTeams => TeamRoles is not null || Teams is not null;

    /// <summary>Null: it names none of ours.</summary>
    internal Role? ReadRole(Role otherwise) => (OrgRole ?? Role) is { } id ? Access.Role.Find(id) : otherwise;

    /// <summary>Null: one of them is no role of a team.</summary>
    internal IReadOnlyList<(string, TeamRole)>? ReadTeams()
    {
        var teams = TeamRoles ?? [.. (Teams ?? []).Select(slug => new MemberTeamRoleShape(slug, null))];
        var read = teams.Select(team => (team.TeamSlug, Role: TeamRole.Find(team.Role ?? TeamRole.Contributor.Id))).ToList();
        return read.Any(team => team.Role is null) ? null : [.. read.Select(team => (team.TeamSlug, team.Role!))];
    }
}
