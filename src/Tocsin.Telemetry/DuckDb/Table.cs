using Tocsin.Telemetry.DuckDb.Native;

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
