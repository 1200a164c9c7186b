namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// A table as a closed day keeps it: rows that are asked for together lie together. It is sorted by Order in pieces, so that memory does not
/// grow with the day; a piece is a range of (project, Part).
/// </summary>
sealed record ClosedTable(RowKinds Kind, string Name, string Columns, string Part, string Order)
{
    const string Hour = "timestamp // 3600000000";

    public static ClosedTable Segments { get; } = Of(RowKinds.Spans, Tables.Segments, Hour, "project_id, timestamp");

    public static IReadOnlyList<ClosedTable> All { get; } =
    [
        Of(RowKinds.Events, Tables.Events, "issue_id", "project_id, issue_id, timestamp"),
        Segments,
        Of(RowKinds.Spans, Tables.Spans, Hour, "project_id, timestamp"),
        Of(RowKinds.Outcomes, Tables.Outcomes, Hour, "project_id, timestamp"),
    ];

    static ClosedTable Of<TRow>(RowKinds kind, Table<TRow> table, string part, string order) =>
        new(
            kind,
            table.Name,
            string.Join(", ", table.Columns.Select(column => column.Name).Prepend(Table<TRow>.Position)),
            part,
            order
        );

    public string Copy(string from, string to, Piece piece) =>
        $"INSERT INTO {to}.{Name} ({Columns}) SELECT {Columns} FROM {from}.{Name} WHERE {piece.Condition(Part)} ORDER BY {Order}";

    /// <summary>Equal for equal rows, in whatever order they lie.</summary>
    public string Digest(string catalog) => $"SELECT count(*), CAST(bit_xor(hash({Columns})) AS VARCHAR) FROM {catalog}.{Name}";
}

/// <summary>Rows from one (project, part) to another, both included.</summary>
sealed record Piece((long Project, long Part) First, (long Project, long Part) Last)
{
    public string Condition(string part) =>
        $"""
            project_id BETWEEN {First.Project} AND {Last.Project}
            AND (project_id > {First.Project} OR {part} >= {First.Part}) AND (project_id < {Last.Project} OR {part} <= {Last.Part})
            """;

    /// <summary>Project, part and rows in it, in order.</summary>
    public static string Parts(string table, string part) =>
        $"SELECT project_id, CAST({part} AS BIGINT), count(*) FROM {table} GROUP BY ALL ORDER BY ALL";

    /// <summary>As few pieces as hold no more rows than that; a part alone may hold more.</summary>
    public static IEnumerable<Piece> Cut(IEnumerable<(long Project, long Part, long Rows)> parts, long most)
    {
        Piece? piece = null;
        var rows = 0L;
        foreach (var part in parts)
        {
            if (piece is not null && rows + part.Rows > most)
            {
                yield return piece;
                (piece, rows) = (null, 0);
            }
            var place = (part.Project, part.Part);
            piece = piece is null ? new(place, place) : piece with { Last = place };
            rows += part.Rows;
        }
        if (piece is not null)
        {
            yield return piece;
        }
    }
}
