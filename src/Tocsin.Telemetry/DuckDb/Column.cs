using Tocsin.Telemetry.DuckDb.Native;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>A column of a table and how a row fills it.</summary>
abstract record Column<TRow>(string Name, DuckDbType Type, string Sql, bool Nullable)
{
    public string Definition => $"{Name} {Sql}{(Nullable ? "" : " NOT NULL")}";

    /// <summary>Writes the rows into a chunk's column, from its first place on.</summary>
    public void Fill(VectorWriter target, ReadOnlySpan<TRow> rows)
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
    : Column<TRow>(Name, DuckDbType.BigInt, "BIGINT", Nullable)
{
    protected override bool TryWrite(VectorWriter target, int at, TRow row)
    {
        var value = Value(row);
        target.Write(at, value.GetValueOrDefault());
        return value.HasValue;
    }
}

sealed record IntegerColumn<TRow>(string Name, Func<TRow, int?> Value, bool Nullable = false)
    : Column<TRow>(Name, DuckDbType.Integer, "INTEGER", Nullable)
{
    protected override bool TryWrite(VectorWriter target, int at, TRow row)
    {
        var value = Value(row);
        target.Write(at, value.GetValueOrDefault());
        return value.HasValue;
    }
}

sealed record RealColumn<TRow>(string Name, Func<TRow, double?> Value, bool Nullable = true)
    : Column<TRow>(Name, DuckDbType.Double, "DOUBLE", Nullable)
{
    protected override bool TryWrite(VectorWriter target, int at, TRow row)
    {
        var value = Value(row);
        target.Write(at, value.GetValueOrDefault());
        return value.HasValue;
    }
}

sealed record IdColumn<TRow>(string Name, Func<TRow, UInt128?> Value, bool Nullable = false)
    : Column<TRow>(Name, DuckDbType.UHugeInt, "UHUGEINT", Nullable)
{
    protected override bool TryWrite(VectorWriter target, int at, TRow row)
    {
        var value = Value(row);
        target.Write(at, value.GetValueOrDefault());
        return value.HasValue;
    }
}

sealed record TruthColumn<TRow>(string Name, Func<TRow, bool?> Value) : Column<TRow>(Name, DuckDbType.Boolean, "BOOLEAN", true)
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
    protected override bool TryWrite(VectorWriter target, int at, TRow row)
    {
        if (Value(row) is not { } text)
        {
            return false;
        }
        target.Write(at, text);
        return true;
    }
}
