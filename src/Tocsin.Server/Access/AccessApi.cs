using Tocsin.Server.Access.Organizations;

namespace Tocsin.Server.Access;

static class AccessApi
{
    public static void MapAccess(this GatedRoutes routes)
    {
        routes.MapRoot();
        routes.MapOrganizations();
    }
}
