using Server.Tests.Hosting;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;

namespace Server.Tests.Projects;

/// <summary>An organisation and the projects' room over a database of its own.</summary>
sealed class SomeProjects : IAsyncDisposable
{
    SomeProjects(TestMetadata metadata, long organization)
    {
        Metadata = metadata;
        Organization = organization;
        Directory = new(metadata.Db);
        Commands = new(metadata.Db, Directory, metadata.Time);
        Keys = new(Directory, metadata.Time);
        Queries = new(metadata.Db);
    }

    public TestMetadata Metadata { get; }
    public long Organization { get; }
    public ProjectDirectory Directory { get; }
    public ProjectCommands Commands { get; }
    public ProjectKeyCommands Keys { get; }
    public ProjectQueries Queries { get; }

    public static async Task<SomeProjects> CreateAsync()
    {
        var metadata = await TestMetadata.CreateAsync();
        var organization = await metadata.Db.WriteAsync(
            transaction =>
                transaction.ScalarAsync<long>(
                    "INSERT INTO organizations (slug, name, created) VALUES ('acme', 'Acme', @now) RETURNING id",
                    new { now = Microseconds.Now(metadata.Time) }
                ),
            CancellationToken.None
        );
        return new(metadata, organization);
    }

    public Task<ProjectChange> TryCreateAsync(string name, string? slug) =>
        Commands.CreateAsync(new(Organization, name) { Slug = slug }, CancellationToken.None);

    public async Task<long> CreateAsync(string name) =>
        (await TryCreateAsync(name, null)).ShouldBeOfType<ProjectChange.Done>().ProjectId;

    public async ValueTask DisposeAsync()
    {
        Directory.Dispose();
        await Metadata.DisposeAsync();
    }
}
