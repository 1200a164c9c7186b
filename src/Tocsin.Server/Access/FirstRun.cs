using Tocsin.Server.Access.Organizations;
using Tocsin.Server.Access.Teams;
using Tocsin.Server.Access.Tokens;
using Tocsin.Server.Access.Users;
using Tocsin.Server.Hosting;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Access;

/// <summary>
/// What every start makes sure of. 1. There is an organisation with a team, a project and a key. 2. There is a first user, as the
/// settings name one; 3. else a fresh one-time link to make one. 4. The token for automation works. Nothing is made twice, and what
/// was changed later stays changed: only the token of the settings is always made valid again.
/// </summary>
sealed class FirstRun(
    MetadataDb db,
    ProjectDirectory directory,
    ProjectCommands projects,
    Accounts accounts,
    ServerOptions options,
    TimeProvider time
)
{
    const string Default = "default";
    const string BootstrapToken = "Bootstrap token";

    static readonly long LinkLife = Microseconds.From(TimeSpan.FromHours(24));

    public async Task<FirstRunAnswer> PrepareAsync(CancellationToken cancellation)
    {
        if (Problem() is { } problem)
        {
            return new FirstRunAnswer.Refused(problem);
        }
        // Hashing takes a while; it happens before the database is held.
        var (admin, problems) =
            options.AdminEmail is null || await HasUserAsync(cancellation)
                ? (null, [])
                : await accounts.PrepareAsync(options.AdminEmail, options.AdminPassword, "", cancellation);
        if (problems.Count > 0)
        {
            return new FirstRunAnswer.Refused(Sentence(problems[0]));
        }
        var link = Secret.New();
        var answer = await db.WriteAsync(transaction => PrepareAsync(transaction, admin, link), cancellation);
        await directory.RefreshAsync(cancellation);
        return answer;
    }

    async Task<FirstRunAnswer> PrepareAsync(MetadataTransaction transaction, User? admin, string link)
    {
        var now = Microseconds.Now(time);
        // The row's lock makes several processes on one PostgreSQL come one after the other.
        await Changes.NoteAsync(transaction, "starts");
        if (await transaction.FirstAsync<long?>("SELECT id FROM organizations ORDER BY id LIMIT 1") is not { } organization)
        {
            organization = await FoundAsync(transaction, now);
        }
        if (admin is not null)
        {
            await WelcomeAsync(transaction, organization, admin, now);
        }
        if (options.BootstrapToken is { } token)
        {
            await KeepTokenAsync(transaction, organization, token, now);
        }
        var hasUser = await transaction.ScalarAsync<long>("SELECT COUNT(*) FROM users") > 0;
        if (!hasUser)
        {
            // Links of earlier starts stay valid for their day: restarting must not break the one in somebody's mail.
            await transaction.ExecuteAsync(
                "INSERT INTO setup_links (token_hash, created, expires) VALUES (@hash, @now, @expires)",
                new
                {
                    hash = Secret.Hash(link),
                    now,
                    expires = now + LinkLife,
                }
            );
        }
        var key = await transaction.FirstAsync<FirstKey>(
            """
            SELECT k.project_id, k.public_key FROM project_keys k JOIN projects p ON p.id = k.project_id
            WHERE k.is_active = 1 ORDER BY p.created, p.id, k.id LIMIT 1
            """
        );
        return new FirstRunAnswer.Ready(
            hasUser ? null : new Uri($"{options.Address}/setup?token={link}"),
            key is null ? null : ProjectDsn.Public(options.Url, key.PublicKey, key.ProjectId)
        );
    }

    async Task<long> FoundAsync(MetadataTransaction transaction, long now)
    {
        var organization = await OrganizationCommands.InsertAsync(transaction, Default, "Default", now);
        var team = await TeamCommands.InsertAsync(
            transaction,
            new()
            {
                OrganizationId = organization,
                Slug = Default,
                Name = "Default",
                Created = now,
            }
        );
        await projects.CreateAsync(
            transaction,
            new(organization, "Default")
            {
                Slug = Default,
                TeamId = team,
                Id = options.BootstrapProjectId,
                PublicKey = options.BootstrapKey,
            }
        );
        return organization;
    }

    /// <summary>The first user: owner of the first organisation and in its teams.</summary>
    public static async Task<long> WelcomeAsync(MetadataTransaction transaction, long organization, User user, long now)
    {
        user.IsSuperuser = true;
        user.Id = await UserStore.InsertAsync(transaction, user);
        var member = await OrganizationCommands.InsertMemberAsync(
            transaction,
            organization,
            user.Id,
            user.Email,
            Role.Owner,
            now
        );
        await transaction.ExecuteAsync(
            """
            INSERT INTO member_teams (member_id, team_id, role)
            SELECT @member, id, @role FROM teams WHERE organization_id = @organization
            """,
            new
            {
                member,
                organization,
                role = TeamRole.Admin.Id,
            }
        );
        return user.Id;
    }

    static async Task KeepTokenAsync(MetadataTransaction transaction, long organization, string token, long now)
    {
        var hash = Secret.Hash(token);
        // A former value of the setting must not stay valid beside the new one.
        await transaction.ExecuteAsync("DELETE FROM api_tokens WHERE kind = 'bootstrap' AND token_hash <> @hash", new { hash });
        if (await transaction.ScalarAsync<long>("SELECT COUNT(*) FROM api_tokens WHERE token_hash = @hash", new { hash }) == 0)
        {
            var id = await ApiTokens.InsertAsync(
                transaction,
                new(BootstrapToken, token, ScopeSet.Every) { OrganizationId = organization },
                now
            );
            await transaction.ExecuteAsync("UPDATE api_tokens SET kind = 'bootstrap' WHERE id = @id", new { id });
        }
    }

    async Task<bool> HasUserAsync(CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        return await Dapper.SqlMapper.ExecuteScalarAsync<long>(connection, "SELECT COUNT(*) FROM users") > 0;
    }

    string? Problem() =>
        options switch
        {
            { AdminEmail: not null, AdminPassword: null } =>
                $"{Setting.AdminPassword.Variable} is missing: {Setting.AdminEmail.Variable} names a first user, who needs a password.",
            { AdminEmail: null, AdminPassword: not null } =>
                $"{Setting.AdminEmail.Variable} is missing: {Setting.AdminPassword.Variable} is the password of the user that it names.",
            { BootstrapToken: { } token } when token.Length < 32 || token.Any(c => c is <= ' ' or > '~') =>
                $"{Setting.BootstrapToken.Variable} must be at least 32 visible ASCII characters.",
            { BootstrapToken: { } token } when token.Distinct().Count() < 8 =>
                $"{Setting.BootstrapToken.Variable} is too simple: anybody could guess it.",
            _ => null,
        };

    static string Sentence((string Field, string Sentence) problem) =>
        problem.Field == "password"
            ? $"{Setting.AdminPassword.Variable} is refused. {problem.Sentence}"
            : $"{Setting.AdminEmail.Variable} is refused. {problem.Sentence}";

    sealed record FirstKey
    {
        public long ProjectId { get; init; }
        public string PublicKey { get; init; } = "";
    }
}

/// <summary>Either everything is there, or one sentence names the setting that is wrong.</summary>
abstract record FirstRunAnswer
{
    FirstRunAnswer() { }

    /// <summary>The link is null as soon as there is a user; the DSN is null when every key was deleted.</summary>
    public sealed record Ready(Uri? SetupLink, string? Dsn) : FirstRunAnswer;

    public sealed record Refused(string Sentence) : FirstRunAnswer;
}
