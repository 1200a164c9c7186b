using Dapper;
using Tocsin.Server.Access;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Issues;

/// <summary>Whose an issue is, for addresses without an organisation. Only numbers name an issue there.</summary>
static class IssueOwner
{
    public static TenantRoutes OfIssue(this GatedRoutes routes) => routes.Owned("/issues/{issue}", "issue", FindAsync);

    static async Task<Owner?> FindAsync(string value, IServiceProvider services, CancellationToken cancellation)
    {
        if (!long.TryParse(value, out var id))
        {
            return null;
        }
        await using var connection = await services.GetRequiredService<MetadataDb>().OpenAsync(cancellation);
        var organization = await connection.QuerySingleOrDefaultAsync<long?>(
            new(
                "SELECT p.organization_id FROM issues i JOIN projects p ON p.id = i.project_id WHERE i.id = @id",
                new { id },
                cancellationToken: cancellation
            )
        );
        return organization is { } found ? new(found, null) : null;
    }
}
