using Dapper;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access.Organizations;

sealed class OrganizationQueries(MetadataDb db)
{
    /// <summary>Those that the caller belongs to, in the order of their slugs.</summary>
    public async Task<IReadOnlyList<Organization>> OfCallerAsync(Caller caller, string? query, CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        var organizations = await connection.QueryAsync<Organization>(
            """
            SELECT o.id, o.slug, o.name, o.created FROM organizations o
            WHERE (o.id = @token OR EXISTS (SELECT 1 FROM members m WHERE m.organization_id = o.id AND m.user_id = @user))
                AND (@pattern IS NULL OR LOWER(o.name) LIKE @pattern ESCAPE '\' OR o.slug LIKE @pattern ESCAPE '\')
            ORDER BY o.slug
            """,
            new
            {
                token = (caller as Caller.OrganizationToken)?.OrganizationId ?? 0,
                user = caller.UserId ?? 0,
                pattern = Like.Containing(query),
            }
        );
        return organizations.AsList();
    }
}
