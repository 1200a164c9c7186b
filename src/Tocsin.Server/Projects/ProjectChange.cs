namespace Tocsin.Server.Projects;

/// <summary>How a command on a project ended.</summary>
abstract record ProjectChange
{
    ProjectChange() { }

    public sealed record Done(long ProjectId) : ProjectChange;

    public sealed record NotFound : ProjectChange;

    public sealed record SlugTaken : ProjectChange;

    public sealed record InvalidSlug : ProjectChange;
}

/// <summary>A project to be. Without a slug one is made from the name; a slug that is given must be free.</summary>
sealed record NewProject(long OrganizationId, string Name)
{
    public string? Slug { get; init; }
    public string? Platform { get; init; }
    public long? TeamId { get; init; }

    /// <summary>For the first project only: id and key that were chosen outside.</summary>
    public long? Id { get; init; }
    public string? PublicKey { get; init; }
}

/// <summary>What is null stays as it is.</summary>
sealed record ProjectPatch
{
    public string? Slug { get; init; }
    public string? Name { get; init; }
    public string? Platform { get; init; }
    public Func<ProjectOptions, ProjectOptions>? Options { get; init; }
}
