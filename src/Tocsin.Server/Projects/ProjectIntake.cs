using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Projects;

/// <summary>What a batch of events tells about its projects: that one has its first event, its environments, its releases.</summary>
static class ProjectIntake
{
    /// <summary>Returns the projects that had no event before.</summary>
    public static async Task<IReadOnlyList<ProjectSnapshot>> TakeInAsync(
        MetadataTransaction transaction,
        IReadOnlyList<PreparedItem> items,
        CancellationToken cancellation
    )
    {
        await AddNamesAsync(transaction, items, "environments", "name", item => item.Row?.Environment, cancellation);
        await AddNamesAsync(transaction, items, "project_releases", "version", item => item.Row?.Release, cancellation);
        await AddReleasesAsync(transaction, items, cancellation);
        return await FirstEventsAsync(transaction, items, cancellation);
    }

    static async Task AddNamesAsync(
        MetadataTransaction transaction,
        IReadOnlyList<PreparedItem> items,
        string table,
        string column,
        Func<PreparedItem, string?> nameOf,
        CancellationToken cancellation
    )
    {
        var rows = new ValueRows();
        foreach (
            var named in items.Where(item => nameOf(item) is not null).GroupBy(item => (item.Context.Project.Id, nameOf(item)!))
        )
        {
            rows.Add(named.Key.Id, named.Key.Item2, named.Min(item => item.Context.Receipt.Received));
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
            var named in items
                .Where(item => item.Row?.Release is not null)
                .GroupBy(item => (item.Context.Project.OrganizationId, item.Row!.Release))
        )
        {
            rows.Add(named.Key.OrganizationId, named.Key.Release, named.Min(item => item.Context.Receipt.Received));
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

    static async Task<IReadOnlyList<ProjectSnapshot>> FirstEventsAsync(
        MetadataTransaction transaction,
        IReadOnlyList<PreparedItem> items,
        CancellationToken cancellation
    )
    {
        var rows = new ValueRows();
        var projects = new Dictionary<long, ProjectSnapshot>();
        foreach (var group in items.Where(item => !item.Context.Project.HasFirstEvent).GroupBy(item => item.Context.Project.Id))
        {
            projects.Add(group.Key, group.First().Context.Project);
            rows.Add(group.Key, group.Min(item => item.Context.Receipt.Received));
        }
        var first = await rows.QueryAsync(
            transaction,
            """
            WITH seen (s_id, s_at) AS (VALUES {rows})
            UPDATE projects SET first_event = s_at FROM seen WHERE projects.id = s_id AND projects.first_event IS NULL
            RETURNING projects.id
            """,
            row => row.GetInt64(0),
            cancellation
        );
        if (first.Count > 0)
        {
            await Changes.NoteAsync(transaction, Changes.Projects);
        }
        return [.. first.Select(id => projects[id])];
    }
}
