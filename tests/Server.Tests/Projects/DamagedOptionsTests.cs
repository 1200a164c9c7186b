using Tocsin.Server.Metadata;

namespace Server.Tests.Projects;

/// <summary>Options that cannot be read as what they were: defaults in their place could store what somebody asked to have removed.</summary>
public sealed class DamagedOptionsTests
{
    [Fact]
    public async Task A_project_whose_options_are_damaged_is_named_and_nothing_is_read_without_them()
    {
        await using var projects = await SomeProjects.CreateAsync();
        var shop = await projects.CreateAsync("Shop");
        var desk = await projects.CreateAsync("Desk");
        await projects.Directory.RefreshAsync(CancellationToken.None);
        var known = projects.Directory.Get(shop);
        await DamageAsync(projects, shop);

        var damaged = await Should.ThrowAsync<DamagedMetadataException>(projects.Directory.RefreshAsync(CancellationToken.None));

        damaged.Message.ShouldStartWith($"The options of project {shop} cannot be read");
        damaged.Message.ShouldNotContain("\n");
        MetadataDamage.Is(damaged).ShouldBeTrue("the start must refuse it like any other damage");
        projects.Directory.Get(shop).ShouldBeSameAs(known);
        projects.Directory.Get(desk).ShouldNotBeNull();
    }

    static Task DamageAsync(SomeProjects projects, long project) =>
        projects.Metadata.Db.WriteAsync(
            transaction =>
                transaction.ExecuteAsync("""UPDATE projects SET options = '{"scrub' WHERE id = @project""", new { project }),
            CancellationToken.None
        );
}
