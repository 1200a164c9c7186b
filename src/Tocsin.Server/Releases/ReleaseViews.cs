using Tocsin.Server.Api;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Releases;

/// <summary>Puts together what an answer tells of a page of releases, with one question each for the whole page.</summary>
sealed class ReleaseViews(ReleaseQueries releases, ProjectDirectory directory)
{
    public async Task<Answer<IReadOnlyList<ReleaseShape>>> OfAsync(
        long organizationId,
        IReadOnlyList<Release> page,
        CancellationToken cancellation
    )
    {
        var projects = directory.Of(organizationId).Select(project => project.Id).ToList();
        var versions = page.Select(release => release.Version).ToList();
        var ids = page.Select(release => release.Id).ToList();
        var members = (await releases.ProjectsAsync(projects, versions, cancellation)).ToLookup(member => member.Version);
        var deploys = (await releases.DeploysAsync(ids, cancellation)).ToLookup(deploy => deploy.ReleaseId);
        var newest = (await releases.NewestCommitsAsync(ids, cancellation)).ToLookup(commit => commit.ReleaseId);
        var times = await releases.EventTimesAsync(projects, versions, cancellation);
        var shapes = new List<ReleaseShape>();
        foreach (var release in page)
        {
            var ofRelease = members[release.Version].ToList();
            var commits = newest[release.Id].ToList();
            var hasEvents = times.Value.TryGetValue(release.Version, out var seen);
            shapes.Add(
                new()
                {
                    Id = release.Id,
                    Version = release.Version,
                    ShortVersion = ReleaseVersion.Short(release.Version),
                    VersionInfo = VersionShape.Of(release.Version),
                    Status = release.Status,
                    Ref = release.Ref,
                    Url = release.Url,
                    DateCreated = Microseconds.ToUtc(release.Created),
                    DateStarted = Microseconds.ToUtc(release.Started),
                    DateReleased = Microseconds.ToUtc(release.Released),
                    FirstEvent = hasEvents ? Microseconds.ToUtc(seen.First) : null,
                    LastEvent = hasEvents ? Microseconds.ToUtc(seen.Last) : null,
                    NewGroups = ofRelease.Sum(member => member.NewIssues),
                    CommitCount = release.CommitCount,
                    LastCommit = commits.Count > 0 ? CommitShape.Of(commits[0]) : null,
                    DeployCount = release.DeployCount,
                    LastDeploy = deploys[release.Id].FirstOrDefault() is { } last ? DeployShape.Of(last, ofRelease) : null,
                    Authors = [.. commits.Select(commit => new CommitAuthor(commit.AuthorName, commit.AuthorEmail)).Distinct()],
                    Projects = [.. ofRelease.Select(ReleaseProjectShape.Of)],
                }
            );
        }
        return new(shapes, times.Notes);
    }
}
