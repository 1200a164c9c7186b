using Server.Tests.Hosting;
using Tocsin.Server.Metadata;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Traces;

/// <summary>Rows laid straight into the telemetry store of a server to which nobody sends anything.</summary>
static class StoredSpans
{
    public static async Task StoreAsync(
        this TocsinHost host,
        IReadOnlyList<SpanRow> spans,
        IReadOnlyList<EventRow>? events = null
    )
    {
        var store = host.Get<TelemetryStore>();
        var day = DateOnly.FromDateTime(host.Time.GetUtcNow().UtcDateTime);
        await store.ApplyAsync(new(store.Applied + 1, day) { Spans = spans, Events = events ?? [] }, CancellationToken.None);
    }

    public static long Now(this TocsinHost host) => Microseconds.Now(host.Time);

    /// <summary>An open issue of the project; returns its id.</summary>
    public static Task<long> IssueAsync(
        this TocsinHost host,
        long project,
        long number,
        string title,
        string status = "unresolved",
        string type = "error"
    ) =>
        host.Get<MetadataDb>()
            .WriteAsync(
                transaction =>
                    transaction.ScalarAsync<long>(
                        """
                        INSERT INTO issues (project_id, short_id, status, status_changed, priority, type, title, culprit, metadata,
                            level, platform, first_seen, last_seen, times_seen)
                        VALUES (@project, @number, @status, 1, 'high', @type, @title, '', '{}', 'error', 'python', 1, @now, 1)
                        RETURNING id
                        """,
                        new
                        {
                            project,
                            number,
                            status,
                            type,
                            title,
                            now = host.Now(),
                        }
                    ),
                CancellationToken.None
            );

    public static EventRow Error(this TocsinHost host, long id, long issue, UInt128? trace = null, long project = 1) =>
        new()
        {
            ProjectId = project,
            EventId = (ulong)id,
            IssueId = issue,
            Timestamp = host.Now() - 60_000_000,
            Received = host.Now(),
            Type = "error",
            Level = "error",
            Title = $"Failure {id}",
            TraceId = trace,
        };
}
