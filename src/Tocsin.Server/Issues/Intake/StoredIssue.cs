using System.Data.Common;

namespace Tocsin.Server.Issues.Intake;

/// <summary>What the intake reads of an issue <c>i</c>: by position, because it reads thousands.</summary>
static class StoredIssue
{
    public const string Columns = """
        i.id, i.project_id, i.status, i.substatus, i.status_details, i.status_changed, i.archive_watch, i.title, i.culprit, i.metadata,
            i.level, i.platform, i.logger, i.type, i.first_seen, i.last_seen, i.times_seen, i.user_count, i.first_release,
            i.last_release, i.short_id, i.priority, i.is_overflow, i.merges
        """;

    /// <param name="row">The answer.</param>
    /// <param name="at">Where the columns begin in it.</param>
    public static Issue Read(DbDataReader row, int at) =>
        new()
        {
            Id = row.GetInt64(at),
            ProjectId = row.GetInt64(at + 1),
            Status = row.GetString(at + 2),
            Substatus = Text(row, at + 3),
            StatusDetails = row.GetString(at + 4),
            StatusChanged = row.GetInt64(at + 5),
            ArchiveWatch = Text(row, at + 6),
            Title = row.GetString(at + 7),
            Culprit = row.GetString(at + 8),
            Metadata = row.GetString(at + 9),
            Level = row.GetString(at + 10),
            Platform = row.GetString(at + 11),
            Logger = Text(row, at + 12),
            Type = row.GetString(at + 13),
            FirstSeen = row.GetInt64(at + 14),
            LastSeen = row.GetInt64(at + 15),
            TimesSeen = row.GetInt64(at + 16),
            UserCount = row.GetInt64(at + 17),
            FirstRelease = Text(row, at + 18),
            LastRelease = Text(row, at + 19),
            ShortId = row.GetInt64(at + 20),
            Priority = row.GetString(at + 21),
            IsOverflow = row.GetInt64(at + 22) != 0,
            Merges = row.GetInt64(at + 23),
        };

    static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
