using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Projects;

/// <summary>What a batch tells about its projects: that one has its first event or transaction, its environments, its releases.</summary>
static class ProjectIntake
{
    public static async Task<ProjectFirsts> TakeInAsync(
        MetadataTransaction transaction,
        IReadOnlyList<PreparedItem> items,
        CancellationToken cancellation
    )
    {
        await AddNamesAsync(transaction, items, "environments", "name", EnvironmentsOf, cancellation);
        await AddNamesAsync(transaction, items, "project_releases", "version", ReleasesOf, cancellation);
        await AddReleasesAsync(transaction, items, cancellation);
        var firsts = new ProjectFirsts(
            await FirstsAsync(transaction, "first_event", items.Where(item => !item.Context.Project.HasFirstEvent), cancellation),
            await FirstsAsync(
                transaction,
                "first_transaction",
                items.Where(item => !item.Context.Project.HasFirstTransaction && item.Spans.Any(span => span.IsSegment)),
                cancellation
            )
        );
        if (firsts.Any)
        {
            await Changes.NoteAsync(transaction, Changes.Projects);
        }
        return firsts;
    }

    static IEnumerable<string?> EnvironmentsOf(PreparedItem item) =>
        item.Spans.Select(span => span.Environment).Prepend(item.Row?.Environment);

    static IEnumerable<string?> ReleasesOf(PreparedItem item) =>
        item.Spans.Select(span => span.Release).Prepend(item.Row?.Release);

    static async Task AddNamesAsync(
        MetadataTransaction transaction,
        IReadOnlyList<PreparedItem> items,
        string table,
        string column,
        Func<PreparedItem, IEnumerable<string?>> namesOf,
        CancellationToken cancellation
    )
    {
        var rows = new ValueRows();
        foreach (var (project, name, received) in FirstNames(items, item => item.Context.Project.Id, namesOf))
        {
            rows.Add(project, name, received);
        }
        await rows.ExecuteAsync(
            transaction,
            $$"""
            INSERT INTO {{table}} (project_id, {{column}}, first_seen) VALUES {rows}
            ON CONFLICT (project_id, {{column}}) DO NOTHING
            """,
            cancellation
        );
    }

    static async Task AddReleasesAsync(
        MetadataTransaction transaction,
        IReadOnlyList<PreparedItem> items,
        CancellationToken cancellation
    )
    {
        var rows = new ValueRows();
        foreach (
            var (organization, version, received) in FirstNames(items, item => item.Context.Project.OrganizationId, ReleasesOf)
        )
        {
            rows.Add(organization, version, received);
        }
        await rows.ExecuteAsync(
            transaction,
            """
            INSERT INTO releases (organization_id, version, created) VALUES {rows}
            ON CONFLICT (organization_id, version) DO NOTHING
            """,
            cancellation
        );
    }

    /// <summary>Every name once per owner, with the time at which the first item that names it was received.</summary>
    static IEnumerable<(long Owner, string Name, long Received)> FirstNames(
        IReadOnlyList<PreparedItem> items,
        Func<PreparedItem, long> ownerOf,
        Func<PreparedItem, IEnumerable<string?>> namesOf
    )
    {
        var first = new Dictionary<(long Owner, string Name), long>();
        foreach (var item in items)
        {
            var (owner, received, before) = (ownerOf(item), item.Context.Receipt.Received, (string?)null);
            foreach (var name in namesOf(item))
            {
                // The spans of a trace share the one object.
                if (name is null || ReferenceEquals(name, before))
                {
                    continue;
                }
                before = name;
                if (!first.TryGetValue((owner, name), out var known) || received < known)
                {
                    first[(owner, name)] = received;
                }
            }
        }
        return first.Select(pair => (pair.Key.Owner, pair.Key.Name, pair.Value));
    }

    /// <summary>Writes when the first of these items came, and returns the projects that had none before.</summary>
    static async Task<IReadOnlyList<ProjectSnapshot>> FirstsAsync(
        MetadataTransaction transaction,
        string column,
        IEnumerable<PreparedItem> items,
        CancellationToken cancellation
    )
    {
        var rows = new ValueRows();
        var projects = new Dictionary<long, ProjectSnapshot>();
        foreach (var group in items.GroupBy(item => item.Context.Project.Id))
        {
            projects.Add(group.Key, group.First().Context.Project);
            rows.Add(group.Key, group.Min(item => item.Context.Receipt.Received));
        }
        var first = await rows.QueryAsync(
            transaction,
            $$"""
            WITH seen (s_id, s_at) AS (VALUES {rows})
            UPDATE projects SET {{column}} = s_at FROM seen WHERE projects.id = s_id AND projects.{{column}} IS NULL
            RETURNING projects.id
            """,
            row => row.GetInt64(0),
            cancellation
        );
        return [.. first.Select(id => projects[id])];
    }
}

/// <summary>The projects whose first event, and whose first transaction, a batch brought.</summary>
sealed record ProjectFirsts(IReadOnlyList<ProjectSnapshot> Events, IReadOnlyList<ProjectSnapshot> Transactions)
{
    public static ProjectFirsts None { get; } = new([], []);

    public bool Any => Events.Count > 0 || Transactions.Count > 0;
}
