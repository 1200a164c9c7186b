using Tocsin.Server.Metadata;

namespace Tocsin.Server.Issues.Intake;

/// <summary>The overflow issues that exist, by project.</summary>
static class OverflowIssues
{
    public static async Task<IReadOnlyDictionary<long, Issue>> FindAsync(
        MetadataTransaction transaction,
        IEnumerable<long> projects,
        CancellationToken cancellation
    )
    {
        var rows = new ValueRows();
        foreach (var project in projects.Distinct())
        {
            rows.Add(project);
        }
        var found = await rows.QueryAsync(
            transaction,
            $$"""
            WITH wanted (project_id) AS (VALUES {rows})
            SELECT {{StoredIssue.Columns}} FROM wanted JOIN issues i ON i.project_id = wanted.project_id AND i.is_overflow = 1
            """,
            row => StoredIssue.Read(row, 0),
            cancellation
        );
        return found.ToDictionary(issue => issue.ProjectId);
    }
}
