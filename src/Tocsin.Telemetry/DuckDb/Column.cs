using Tocsin.Telemetry.DuckDb.Native;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>A column of a table and how a row fills it.</summary>
abstract record Column<TRow>(string Name, DuckDbType Type, string Sql, bool Nullable)
{
    /// <summary>Null: DuckDB packs it as it finds best.</summary>
    public string? Compression { get; init; }

    public string Definition =>
        $"{Name} {Sql}{(Nullable ? "" : " NOT NULL")}{(Compression is null ? "" : $" USING COMPRESSION {Compression}")}";

    /// <summary>Writes the rows into a chunk's column, from its first place on.</summary>
    public abstract void Fill(VectorWriter target, ReadOnlySpan<TRow> rows);
}

/// <summary>A column of values that are written one by one.</summary>
abstract record ValueColumn<TRow>(string Name, DuckDbType Type, string Sql, bool Nullable)
    : Column<TRow>(Name, Type, Sql, Nullable)
{
    public override void Fill(VectorWriter target, ReadOnlySpan<TRow> rows)
    {
        for (var at = 0; at < rows.Length; at++)
        {
            if (!TryWrite(target, at, rows[at]))
            {
                target.WriteNull(at);
            }
        }
    }

    protected abstract bool TryWrite(VectorWriter target, int at, TRow row);
}

sealed record LongColumn<TRow>(string Name, Func<TRow, long?> Value, bool Nullable = false)
    : ValueColumn<TRow>(Name, DuckDbType.BigInt, "BIGINT", Nullable)
{
    protected override bool TryWrite(VectorWriter target, int at, TRow row)
    {
        var value = Value(row);
        target.Write(at, value.GetValueOrDefault());
        return value.HasValue;
    }
}

sealed record IntegerColumn<TRow>(string Name, Func<TRow, int?> Value, bool Nullable = false)
    : ValueColumn<TRow>(Name, DuckDbType.Integer, "INTEGER", Nullable)
{
    protected override bool TryWrite(VectorWriter target, int at, TRow row)
    {
        var value = Value(row);
        target.Write(at, value.GetValueOrDefault());
        return value.HasValue;
    }
}

sealed record RealColumn<TRow>(string Name, Func<TRow, double?> Value, bool Nullable = true)
    : ValueColumn<TRow>(Name, DuckDbType.Double, "DOUBLE", Nullable)
{
    protected override bool TryWrite(VectorWriter target, int at, TRow row)
    {
        var value = Value(row);
        target.Write(at, value.GetValueOrDefault());
        return value.HasValue;
    }
}

sealed record IdColumn<TRow>(string Name, Func<TRow, UInt128?> Value, bool Nullable = false)
    : ValueColumn<TRow>(Name, DuckDbType.UHugeInt, "UHUGEINT", Nullable)
{
    protected override bool TryWrite(VectorWriter target, int at, TRow row)
    {
        var value = Value(row);
        target.Write(at, value.GetValueOrDefault());
        return value.HasValue;
    }
}

sealed record TruthColumn<TRow>(string Name, Func<TRow, bool?> Value)
    : ValueColumn<TRow>(Name, DuckDbType.Boolean, "BOOLEAN", true)
{
    protected override bool TryWrite(VectorWriter target, int at, TRow row)
    {
        var value = Value(row);
        target.Write(at, value.GetValueOrDefault());
        return value.HasValue;
    }
}

sealed record TextColumn<TRow>(string Name, Func<TRow, string?> Value, bool Nullable = true)
    : Column<TRow>(Name, DuckDbType.Varchar, "VARCHAR", Nullable)
{
    /// <summary>The rows of a trace share one object for most of what they say.</summary>
    public override void Fill(VectorWriter target, ReadOnlySpan<TRow> rows)
    {
        var before = (string?)null;
        for (var at = 0; at < rows.Length; at++)
        {
            var text = Value(rows[at]);
            if (text is null)
            {
                target.WriteNull(at);
            }
            else if (ReferenceEquals(text, before))
            {
                target.RepeatText(at);
            }
            else
            {
                target.Write(at, text);
            }
            before = text;
        }
    }
}
