using System.Data.Common;
using Dapper;

namespace Tocsin.Server.Metadata;

/// <summary>
/// Change counters: whoever changes a subject counts it up in the same transaction; a process that holds a copy in memory
/// compares the number to know when to read again.
/// </summary>
static class Changes
{
    public const string Projects = "projects";

    public static Task NoteAsync(MetadataTransaction transaction, string subject) =>
        transaction.ExecuteAsync(
            """
            INSERT INTO changes (subject, number) VALUES (@subject, 1)
            ON CONFLICT (subject) DO UPDATE SET number = changes.number + 1
            """,
            new { subject }
        );

    public static Task<long> NumberAsync(DbConnection connection, string subject) =>
        connection.ExecuteScalarAsync<long>(
            "SELECT COALESCE((SELECT number FROM changes WHERE subject = @subject), 0)",
            new { subject }
        );
}
