using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;

namespace Server.Tests.Projects;

public class ProjectCommandsTests
{
    [Fact]
    public async Task A_new_project_has_a_key_that_the_directory_finds_at_once()
    {
        await using var some = await SomeProjects.CreateAsync();

        var id = await some.CreateAsync("Shop Frontend");

        var project = some.Directory.Get(id).ShouldNotBeNull();
        project.Slug.ShouldBe("shop-frontend");
        project.OrganizationSlug.ShouldBe("acme");
        var key = project.Keys.ShouldHaveSingleItem();
        key.PublicKey.Length.ShouldBe(32);
        some.Directory.Find(key.PublicKey).ShouldNotBeNull().Project.Id.ShouldBe(id);
    }

    [Fact]
    public async Task Equal_names_get_different_slugs_but_a_wanted_slug_must_be_free()
    {
        await using var some = await SomeProjects.CreateAsync();
        await some.CreateAsync("Shop");
        var second = await some.CreateAsync("Shop");

        some.Directory.Get(second)!.Slug.ShouldBe("shop-2");
        (await some.TryCreateAsync("Other", "shop")).ShouldBeOfType<ProjectChange.SlugTaken>();
        (await some.TryCreateAsync("Other", "42")).ShouldBeOfType<ProjectChange.InvalidSlug>();
        (await some.TryCreateAsync("Other", "Bad Slug")).ShouldBeOfType<ProjectChange.InvalidSlug>();
    }

    [Fact]
    public async Task The_id_of_a_deleted_project_is_not_used_again()
    {
        await using var some = await SomeProjects.CreateAsync();
        var first = await some.CreateAsync("First");
        var last = await some.CreateAsync("Last");

        await some.Commands.DeleteAsync(last, CancellationToken.None);
        var next = await some.CreateAsync("Next");

        next.ShouldBeGreaterThan(last);
        some.Directory.Get(last).ShouldBeNull();
        some.Directory.Get(first).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_renamed_project_is_found_by_its_former_slug_until_another_takes_it()
    {
        await using var some = await SomeProjects.CreateAsync();
        var id = await some.CreateAsync("Shop");

        await some.Commands.UpdateAsync(id, new() { Slug = "store" }, CancellationToken.None);

        some.Directory.Get(id)!.Slug.ShouldBe("store");
        (await some.Queries.FormerSlugAsync(some.Organization, "shop", CancellationToken.None)).ShouldBe(id);
        await some.TryCreateAsync("Shop", "shop");
        (await some.Queries.FormerSlugAsync(some.Organization, "shop", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Options_reach_the_snapshot_and_leave_the_others_alone()
    {
        await using var some = await SomeProjects.CreateAsync();
        var id = await some.CreateAsync("Shop");

        await some.Commands.UpdateAsync(
            id,
            new() { Options = options => options with { ResolveAge = 720 } },
            CancellationToken.None
        );
        await some.Commands.UpdateAsync(
            id,
            new() { Options = options => options with { AllowedDomains = ["example.com"] } },
            CancellationToken.None
        );

        var read = some.Directory.Get(id)!.Options;
        read.ResolveAge.ShouldBe(720);
        read.AllowedDomains.ShouldBe(["example.com"]);
        read.DataScrubber.ShouldBeTrue();
    }

    [Fact]
    public async Task A_key_can_be_limited_switched_off_rotated_and_deleted()
    {
        await using var some = await SomeProjects.CreateAsync();
        var id = await some.CreateAsync("Shop");
        var key = await some.Keys.CreateAsync(id, new("Second", new(5, 60)), CancellationToken.None);
        some.Directory.Find(key)!.Value.Key.Limit.ShouldBe(new(5, 60));

        await some.Keys.UpdateAsync(id, key, new() { IsActive = false }, CancellationToken.None);
        some.Directory.Find(key)!
            .Value.Key.ShouldSatisfyAllConditions(
                found => found.IsActive.ShouldBeFalse(),
                found => found.Limit.ShouldBe(new(5, 60))
            );
        await some.Keys.UpdateAsync(id, key, new() { ChangesLimit = true }, CancellationToken.None);
        some.Directory.Find(key)!.Value.Key.Limit.ShouldBeNull();

        var rotated = await some.Keys.RotateAsync(id, key, CancellationToken.None);
        some.Directory.Find(rotated.ShouldNotBeNull()).ShouldNotBeNull().Key.IsActive.ShouldBeTrue();
        (await some.Keys.DeleteAsync(id, key, CancellationToken.None)).ShouldBeTrue();
        some.Directory.Find(key).ShouldBeNull();
        (await some.Keys.DeleteAsync(id + 1, rotated, CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_process_sees_a_change_by_its_number()
    {
        await using var some = await SomeProjects.CreateAsync();
        using var other = new ProjectDirectory(some.Metadata.Db);
        await other.RefreshAsync(CancellationToken.None);

        var id = await some.CreateAsync("Shop");

        await using var connection = await some.Metadata.Db.OpenAsync(CancellationToken.None);
        (await Changes.NumberAsync(connection, Changes.Projects)).ShouldNotBe(other.Number);
        await other.RefreshAsync(CancellationToken.None);
        other.Get(id).ShouldNotBeNull();
        other.Number.ShouldBe(some.Directory.Number);
    }

    [Fact]
    public async Task A_list_can_be_searched_and_paged()
    {
        await using var some = await SomeProjects.CreateAsync();
        foreach (var name in (string[])["Alpha", "Beta", "Gamma 100%"])
        {
            await some.CreateAsync(name);
        }

        var page = await some.Queries.ListAsync(new(some.Organization, 1, 2), CancellationToken.None);
        var found = await some.Queries.ListAsync(new(some.Organization, 0, 10) { Query = "100%" }, CancellationToken.None);
        var none = await some.Queries.ListAsync(new(some.Organization, 0, 10) { Query = "%a%a%" }, CancellationToken.None);

        page.Select(project => project.Name).ShouldBe(["Beta", "Gamma 100%"]);
        found.ShouldHaveSingleItem().Name.ShouldBe("Gamma 100%");
        none.ShouldBeEmpty();
    }
}
