using Tocsin.Server.Access.Members;
using Tocsin.Server.Access.Organizations;
using Tocsin.Server.Access.Sessions;
using Tocsin.Server.Access.Teams;
using Tocsin.Server.Access.Tokens;
using Tocsin.Server.Access.Users;

namespace Tocsin.Server.Access;

static class AccessApi
{
    public static void MapAccess(this GatedRoutes routes)
    {
        routes.MapRoot();
        routes.MapSetup();
        routes.MapSessions();
        routes.MapUsers();
        routes.MapTokens();
        routes.MapOrganizations();
        routes.MapOrganizationTokens();
        routes.MapTeams();
        routes.MapMembers();
        routes.MapMemberTeams();
        routes.MapInvites();
    }
}
