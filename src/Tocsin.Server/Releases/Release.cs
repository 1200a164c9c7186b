namespace Tocsin.Server.Releases;

/// <summary>A release as its row holds it, with what other rows tell of it. Times: microseconds since 1970 UTC.</summary>
sealed record Release
{
    public const string Open = "open";
    public const string Archived = "archived";

    public long Id { get; init; }
    public string Version { get; init; } = "";
    public string Status { get; init; } = Open;
    public string? Ref { get; init; }
    public string? Url { get; init; }

    /// <summary>When it was first seen or announced.</summary>
    public long Created { get; init; }
    public long? Started { get; init; }
    public long? Released { get; init; }
    public int CommitCount { get; init; }
    public int DeployCount { get; init; }
}

/// <summary>Started and Finished: microseconds since 1970 UTC.</summary>
sealed record Deploy
{
    public long Id { get; init; }
    public long ReleaseId { get; init; }
    public string Environment { get; init; } = "";
    public string? Name { get; init; }
    public string? Url { get; init; }

    /// <summary>A JSON list of project ids; empty: all of the release's.</summary>
    public string Projects { get; init; } = "[]";
    public long? Started { get; init; }
    public long Finished { get; init; }
}

/// <summary>Created: microseconds since 1970 UTC. PatchSet: a JSON list of <c>{path, type}</c>.</summary>
sealed record Commit
{
    public long ReleaseId { get; init; }
    public string Key { get; init; } = "";
    public string? Repository { get; init; }
    public string? AuthorName { get; init; }
    public string? AuthorEmail { get; init; }
    public string? Message { get; init; }
    public long Created { get; init; }
    public string PatchSet { get; init; } = "[]";
}

/// <summary>Live: microseconds since 1970 UTC.</summary>
sealed record LiveRelease
{
    public long ProjectId { get; init; }
    public string Version { get; init; } = "";
    public long Live { get; init; }
}

/// <summary>Since when a project has a release, microseconds since 1970 UTC. Deployed: when it was first; null where nobody said so.</summary>
sealed record ReleaseDates
{
    public long ProjectId { get; init; }
    public string Version { get; init; } = "";
    public long FirstSeen { get; init; }
    public long? Released { get; init; }
    public long? Deployed { get; init; }

    /// <summary>What its order among other releases is told by.</summary>
    public IEnumerable<ReleaseMoment> Moments =>
        Deployed is { } deployed ? [Appeared, new(Version, deployed, IsStated: true)] : [Appeared];

    ReleaseMoment Appeared => new(Version, Released ?? FirstSeen, Released is not null);
}

/// <summary>A project that has the release: since when, and how many of its issues began with it.</summary>
sealed record ReleaseProject
{
    public string Version { get; init; } = "";
    public long ProjectId { get; init; }
    public string Slug { get; init; } = "";
    public string Name { get; init; } = "";
    public string? Platform { get; init; }
    public long FirstSeen { get; init; }
    public int NewIssues { get; init; }
}
