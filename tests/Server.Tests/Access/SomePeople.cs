using Server.Tests.Hosting;
using Tocsin.Server.Access;
using Tocsin.Server.Access.Organizations;
using Tocsin.Server.Access.Tokens;
using Tocsin.Server.Access.Users;
using Tocsin.Server.Metadata;

namespace Server.Tests.Access;

/// <summary>People, sessions and tokens put straight into the database, where hashing a password for each would only cost time.</summary>
static class SomePeople
{
    public static Task<long> OrganizationAsync(this TocsinHost host, string slug) =>
        host.Get<MetadataDb>()
            .WriteAsync(
                transaction => OrganizationCommands.InsertAsync(transaction, slug, slug, Microseconds.Now(host.Time)),
                CancellationToken.None
            );

    public static Task<long> UserAsync(this TocsinHost host, string email, bool isSuperuser = false) =>
        host.Get<MetadataDb>()
            .WriteAsync(
                transaction =>
                    UserStore.InsertAsync(
                        transaction,
                        new()
                        {
                            Email = email,
                            NormalizedEmail = EmailAddress.Normalize(email),
                            Name = email,
                            SecurityStamp = "stamp",
                            IsSuperuser = isSuperuser,
                        }
                    ),
                CancellationToken.None
            );

    public static async Task<long> MemberAsync(this TocsinHost host, long organization, string email, Role role)
    {
        var user = await host.UserAsync(email);
        await host.Get<MetadataDb>()
            .WriteAsync(
                transaction =>
                    OrganizationCommands.InsertMemberAsync(
                        transaction,
                        organization,
                        user,
                        email,
                        role,
                        Microseconds.Now(host.Time)
                    ),
                CancellationToken.None
            );
        return user;
    }

    /// <summary>A browser in which the user is logged in.</summary>
    public static async Task<HttpClient> LoggedInAsync(this TocsinHost host, long user)
    {
        var secret = Secret.New();
        var now = Microseconds.Now(host.Time);
        await host.Get<MetadataDb>()
            .WriteAsync(
                transaction =>
                    transaction.ExecuteAsync(
                        """
                        INSERT INTO sessions (token_hash, user_id, created, last_seen, expires)
                        VALUES (@hash, @user, @now, @now, @expires)
                        """,
                        new
                        {
                            hash = Secret.Hash(secret),
                            user,
                            now,
                            expires = now + Microseconds.From(TimeSpan.FromDays(1)),
                        }
                    ),
                CancellationToken.None
            );
        var client = host.Anonymous();
        client.DefaultRequestHeaders.Add("Cookie", $"tocsin_session={secret}");
        client.DefaultRequestHeaders.Add("X-CSRF-Token", Secret.Hash($"antiforgery:{secret}"));
        return client;
    }

    public static Task<HttpClient> UserTokenAsync(this TocsinHost host, long user, params Scope[] scopes) =>
        host.TokenAsync(new("test", TokenText.ForUser(), new(scopes)) { UserId = user });

    public static Task<HttpClient> OrganizationTokenAsync(this TocsinHost host, long organization, params Scope[] scopes) =>
        host.TokenAsync(
            new("test", TokenText.ForOrganization(new(TocsinHost.Url), "some", host.Time.GetUtcNow()), new(scopes))
            {
                OrganizationId = organization,
            }
        );

    public static async Task<HttpClient> TokenAsync(this TocsinHost host, NewToken token)
    {
        await host.Get<ApiTokens>().CreateAsync(token, CancellationToken.None);
        return host.With(token.Value);
    }

    /// <summary>What events leave in the metadata: an environment, an issue, an entry of the quarantine; named after the title.</summary>
    public static Task<(long Issue, long Entry)> TracesOfEventsAsync(this TocsinHost host, long project, string title) =>
        host.Get<MetadataDb>()
            .WriteAsync(
                async transaction =>
                {
                    await transaction.ExecuteAsync(
                        "INSERT INTO environments (project_id, name, first_seen) VALUES (@project, @title, 1)",
                        new { project, title }
                    );
                    var issue = await transaction.ScalarAsync<long>(
                        """
                        INSERT INTO issues (project_id, short_id, status, status_changed, priority, type, title, culprit, metadata,
                            level, platform, first_seen, last_seen)
                        VALUES (@project, 1, 'unresolved', 1, 'high', 'error', @title, '', '{}', 'error', 'python', 1, 1)
                        RETURNING id
                        """,
                        new { project, title }
                    );
                    var entry = await transaction.ScalarAsync<long>(
                        """
                        INSERT INTO quarantine (position, item, organization_id, project_id, item_type, quantities, reason, error,
                            received, day, segment, "offset", length)
                        SELECT @project, 0, organization_id, id, 'profile', '{}', 'unhandled', @title, 1, 20261120, 0, 0, 0
                        FROM projects WHERE id = @project
                        RETURNING id
                        """,
                        new { project, title }
                    );
                    return (issue, entry);
                },
                CancellationToken.None
            );
}
