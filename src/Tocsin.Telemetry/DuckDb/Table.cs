using Tocsin.Telemetry.DuckDb.Native;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// A table of a day's file. New columns come last and may be null: files of older versions get them when they are opened.
/// Every row also keeps the journal position of its batch, so that a rebuild knows which rows came after it.
/// </summary>
sealed record Table<TRow>(string Name, IReadOnlyList<Column<TRow>> Columns)
{
    public const string Position = "position";

    public string Create(string catalog) =>
        $"CREATE TABLE IF NOT EXISTS {catalog}.{Name} ({Position} BIGINT NOT NULL, {string.Join(", ", Columns.Select(column => column.Definition))})";

    public string Select(string catalog) =>
        $"SELECT {Position}, {string.Join(", ", Columns.Select(column => column.Name))} FROM {catalog}.{Name}";

    public IEnumerable<string> AddMissing(string catalog, IReadOnlySet<string> present) =>
        Columns
            .Where(column => !present.Contains(column.Name))
            .Select(column => $"ALTER TABLE {catalog}.{Name} ADD COLUMN {column.Name} {column.Sql}");

    /// <summary>Within the connection's transaction; roll it back when this throws.</summary>
    public void Append(Connection connection, string catalog, IReadOnlyList<TRow> rows, long position)
    {
        if (rows.Count == 0)
        {
            return;
        }
        using var appender = connection.Append(catalog, Name, [DuckDbType.BigInt, .. Columns.Select(column => column.Type)]);
        foreach (var chunk in rows.Chunk(DuckDbLibrary.ChunkCapacity))
        {
            var positions = appender.Column(0);
            for (var row = 0; row < chunk.Length; row++)
            {
                positions.Write(row, position);
            }
            for (var column = 0; column < Columns.Count; column++)
            {
                Columns[column].Fill(appender.Column(column + 1), chunk);
            }
            appender.Send(chunk.Length);
        }
        appender.Close();
    }
}

static class Tables
{
    public static Table<EventRow> Events { get; } =
        new(
            "events",
            [
                new LongColumn<EventRow>("project_id", row => row.ProjectId),
                new IdColumn<EventRow>("event_id", row => row.EventId),
                new LongColumn<EventRow>("issue_id", row => row.IssueId),
                new LongColumn<EventRow>("timestamp", row => row.Timestamp),
                new LongColumn<EventRow>("received", row => row.Received),
                new TextColumn<EventRow>("type", row => row.Type, Nullable: false),
                new TextColumn<EventRow>("level", row => row.Level, Nullable: false),
                new TextColumn<EventRow>("platform", row => row.Platform, Nullable: false),
                new TextColumn<EventRow>("environment", row => row.Environment),
                new TextColumn<EventRow>("release", row => row.Release),
                new TextColumn<EventRow>("dist", row => row.Dist),
                new TextColumn<EventRow>("transaction_name", row => row.Transaction),
                new TextColumn<EventRow>("title", row => row.Title, Nullable: false),
                new TextColumn<EventRow>("culprit", row => row.Culprit),
                new TextColumn<EventRow>("message", row => row.Message),
                new TextColumn<EventRow>("error_type", row => row.ErrorType),
                new TextColumn<EventRow>("error_value", row => row.ErrorValue),
                new TruthColumn<EventRow>("handled", row => row.Handled),
                new TextColumn<EventRow>("logger", row => row.Logger),
                new TextColumn<EventRow>("server_name", row => row.ServerName),
                new TextColumn<EventRow>("url", row => row.Url),
                new TextColumn<EventRow>("user_key", row => row.User),
                new TextColumn<EventRow>("user_id", row => row.UserId),
                new TextColumn<EventRow>("user_email", row => row.UserEmail),
                new TextColumn<EventRow>("user_name", row => row.UserName),
                new TextColumn<EventRow>("user_ip", row => row.UserIp),
                new TextColumn<EventRow>("sdk_name", row => row.SdkName),
                new TextColumn<EventRow>("sdk_version", row => row.SdkVersion),
                new IdColumn<EventRow>("trace_id", row => row.TraceId, Nullable: true),
                new LongColumn<EventRow>("span_id", row => row.SpanId, Nullable: true),
                new TextColumn<EventRow>("tags", row => row.Tags, Nullable: false),
                new IntegerColumn<EventRow>("payload_segment", row => row.Segment),
                new LongColumn<EventRow>("payload_offset", row => row.Offset),
                new IntegerColumn<EventRow>("payload_length", row => row.Length),
            ]
        );

    public static Table<OutcomeRow> Outcomes { get; } =
        new(
            "outcomes",
            [
                new LongColumn<OutcomeRow>("organization_id", row => row.OrganizationId),
                new LongColumn<OutcomeRow>("project_id", row => row.ProjectId),
                new LongColumn<OutcomeRow>("key_id", row => row.KeyId, Nullable: true),
                new LongColumn<OutcomeRow>("timestamp", row => row.Timestamp),
                new IntegerColumn<OutcomeRow>("outcome", row => row.Outcome),
                new TextColumn<OutcomeRow>("reason", row => row.Reason, Nullable: false),
                new TextColumn<OutcomeRow>("category", row => row.Category, Nullable: false),
                new LongColumn<OutcomeRow>("quantity", row => row.Quantity),
            ]
        );

    /// <summary>One row per batch; the largest is how far the day's file has come.</summary>
    public const string Applied = "applied";
}
