using System.Buffers;
using System.Text;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>Fills one column of a chunk; valid until the chunk is reset.</summary>
unsafe struct VectorWriter(nint vector)
{
    readonly void* data = DuckDbLibrary.duckdb_vector_get_data(vector);

    /// <summary>A bit for each row, cleared where it has no value. Null before the first of them: until then DuckDB need not have the bits.</summary>
    ulong* validity;

    public readonly void Write(int row, long value) => ((long*)data)[row] = value;

    public readonly void Write(int row, int value) => ((int*)data)[row] = value;

    public readonly void Write(int row, double value) => ((double*)data)[row] = value;

    public readonly void Write(int row, bool value) => ((byte*)data)[row] = value ? (byte)1 : (byte)0;

    public readonly void Write(int row, UInt128 value) => ((Huge*)data)[row] = (Huge)value;

    /// <summary>Half of a surrogate pair becomes U+FFFD: DuckDB keeps valid UTF-8 only.</summary>
    public readonly void Write(int row, string text)
    {
        const int OnStack = 1024;
        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (longest <= OnStack)
        {
            Span<byte> bytes = stackalloc byte[OnStack];
            Write(row, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
            return;
        }
        var rented = ArrayPool<byte>.Shared.Rent(longest);
        Write(row, rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        ArrayPool<byte>.Shared.Return(rented);
    }

    public readonly void Write(int row, ReadOnlySpan<byte> text)
    {
        if (text.Length <= ShortText.Capacity)
        {
            ShortText.Write((ShortText*)data + row, text);
            return;
        }
        fixed (byte* start = text)
        {
            DuckDbLibrary.duckdb_vector_assign_string_element_len(vector, (ulong)row, start, (ulong)text.Length);
        }
    }

    /// <summary>The text of the row before, which may lie behind a pointer: of one chunk both may name the same bytes.</summary>
    public readonly void RepeatText(int row) => ((ShortText*)data)[row] = ((ShortText*)data)[row - 1];

    public void WriteNull(int row)
    {
        if (validity is null)
        {
            DuckDbLibrary.duckdb_vector_ensure_validity_writable(vector);
            validity = DuckDbLibrary.duckdb_vector_get_validity(vector);
        }
        validity[row >> 6] &= ~(1ul << (row & 63));
    }
}
