using System.Diagnostics;
using System.Text;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>One column of a chunk; valid as long as the chunk is.</summary>
readonly unsafe struct VectorReader(nint vector, DuckDbType type)
{
    readonly void* data = DuckDbLibrary.duckdb_vector_get_data(vector);
    readonly ulong* validity = DuckDbLibrary.duckdb_vector_get_validity(vector);
    readonly DuckDbType type = type;

    public object? this[int row] =>
        IsNull(row)
            ? null
            : type switch
            {
                DuckDbType.BigInt or DuckDbType.Timestamp => ((long*)data)[row],
                DuckDbType.Integer => (long)((int*)data)[row],
                DuckDbType.Varchar => Encoding.UTF8.GetString(((ShortText*)data)[row].Bytes),
                // The only bytes that a query of ours selects.
                DuckDbType.Blob => new Distribution(((ShortText*)data)[row].Bytes.ToArray()),
                DuckDbType.Boolean => ((byte*)data)[row] != 0,
                DuckDbType.Double => Finite(((double*)data)[row]),
                DuckDbType.UHugeInt => (UInt128)((Huge*)data)[row],
                // DuckDB keeps a UUID with its first bit turned, so that signed order is the order of its text.
                DuckDbType.Uuid => (UInt128)((Huge*)data)[row] ^ (UInt128.One << 127),
                DuckDbType.HugeInt => (long)(Int128)(UInt128)((Huge*)data)[row],
                _ => throw new UnreachableException($"No query of ours selects DuckDB's type {(int)type}."),
            };

    /// <summary>Clients state measurements of any size, and a sum of a few may be beyond all numbers: that is none, and no answer could say it.</summary>
    static object? Finite(double number) => double.IsFinite(number) ? number : null;

    /// <summary>Whether a text is the same as that of the row before, as operations and the like are in nearly every row.</summary>
    public bool IsTheTextBefore(int row) =>
        type == DuckDbType.Varchar
        && !IsNull(row)
        && !IsNull(row - 1)
        && ((ShortText*)data)[row].Bytes.SequenceEqual(((ShortText*)data)[row - 1].Bytes);

    bool IsNull(int row) => validity is not null && (validity[row >> 6] & (1ul << (row & 63))) == 0;
}
