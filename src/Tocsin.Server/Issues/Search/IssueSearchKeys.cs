using Dapper;
using Tocsin.Server.Access;
using Tocsin.Server.Metadata;
using Tocsin.Telemetry.Query.Search;

namespace Tocsin.Server.Issues.Search;

/// <summary>Who searches: what <c>me</c> and <c>my_teams</c> stand for, and when now is (microseconds since 1970).</summary>
sealed record IssueSearchCaller(long? UserId, IReadOnlyList<long> Teams, long OrganizationId, long Now);

/// <summary>Puts one term into the criteria; returns a sentence when its value makes no sense.</summary>
delegate string? ReadIssueKey(SearchTerm.Match match, IssueCriteria criteria, IssueSearchCaller caller);

/// <summary>The keys that ask about the issue itself; every other key asks about its events.</summary>
sealed class IssueSearchKeys(MetadataDb metadata, TimeProvider time)
{
    static readonly Dictionary<string, ReadIssueKey> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["is"] = IssueStatusKey.Read,
        ["assigned"] = IssueAssigneeKey.Read,
        ["assigned_or_suggested"] = IssueAssigneeKey.Read,
        ["bookmarks"] = (match, criteria, caller) => IssueMarkKey.Read("m.bookmarked = 1", match, criteria, caller),
        ["subscribed"] = (match, criteria, caller) => IssueMarkKey.Read("m.subscribed = 1", match, criteria, caller),
        ["age"] = (match, criteria, caller) => IssueTimeKey.Read("i.first_seen", match, criteria, caller),
        ["firstSeen"] = (match, criteria, caller) => IssueTimeKey.Read("i.first_seen", match, criteria, caller),
        ["lastSeen"] = (match, criteria, caller) => IssueTimeKey.Read("i.last_seen", match, criteria, caller),
        ["timesSeen"] = (match, criteria, _) => IssueNumberKey.Read("i.times_seen", match, criteria),
        ["times_seen"] = (match, criteria, _) => IssueNumberKey.Read("i.times_seen", match, criteria),
        ["issue"] = IssueNameKey.Read,
        ["issue.priority"] = (match, criteria, _) => IssueTextKey.Read("i.priority", match, criteria),
        ["issue.type"] = (match, criteria, _) => IssueTextKey.Read(IssueKind.TypeSql, match, criteria),
        ["issue.category"] = (match, criteria, _) =>
            IssueTextKey.Read([IssueKind.CategorySql, IssueKind.NewCategorySql], match, criteria),
        ["level"] = (match, criteria, _) => IssueTextKey.Read("i.level", match, criteria),
        ["platform"] = (match, criteria, _) => IssueTextKey.Read("i.platform", match, criteria),
        ["platform.name"] = (match, criteria, _) => IssueTextKey.Read("i.platform", match, criteria),
        ["project"] = (match, criteria, _) => IssueTextKey.Read("p.slug", match, criteria),
        ["project.name"] = (match, criteria, _) => IssueTextKey.Read("p.slug", match, criteria),
        ["project.id"] = (match, criteria, _) => IssueNumberKey.Read("i.project_id", match, criteria),
        ["title"] = (match, criteria, _) => IssueTextKey.Read("i.title", match, criteria),
        ["culprit"] = (match, criteria, _) => IssueTextKey.Read("i.culprit", match, criteria),
        ["logger"] = (match, criteria, _) => IssueTextKey.Read("COALESCE(i.logger, '')", match, criteria),
        ["firstRelease"] = (match, criteria, _) => IssueReleaseKey.Read(match, criteria),
        ["first-release"] = (match, criteria, _) => IssueReleaseKey.Read(match, criteria),
        ["error.unhandled"] = (match, criteria, _) => IssueFlagKey.Read("i.is_unhandled = 1", match, criteria),
        ["error.handled"] = (match, criteria, _) => IssueFlagKey.Read("i.is_unhandled = 0", match, criteria),
    };

    public static ReadIssueKey? Find(string key) => Keys.GetValueOrDefault(key);

    public async Task<IssueSearchCaller> CallerAsync(Tenant tenant, CancellationToken cancellation)
    {
        IReadOnlyList<long> teams = [];
        if (tenant.Member is { } member)
        {
            await using var connection = await metadata.OpenAsync(cancellation);
            teams = (
                await connection.QueryAsync<long>("SELECT team_id FROM member_teams WHERE member_id = @Id", new { member.Id })
            ).AsList();
        }
        return new(tenant.UserId, teams, tenant.Organization.Id, Microseconds.Now(time));
    }
}
