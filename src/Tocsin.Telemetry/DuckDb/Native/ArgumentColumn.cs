namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>
/// One argument of a function of ours, for each row of the chunk. DuckDB passes rows on whose value is absent, with whatever lies in its place.
/// </summary>
readonly unsafe ref struct ArgumentColumn<T>
    where T : unmanaged
{
    readonly T* data;
    readonly ulong* validity;

    public ArgumentColumn(nint chunk, ulong column)
    {
        var vector = DuckDbLibrary.duckdb_data_chunk_get_vector(chunk, column);
        data = (T*)DuckDbLibrary.duckdb_vector_get_data(vector);
        validity = DuckDbLibrary.duckdb_vector_get_validity(vector);
    }

    public bool IsNull(int row) => validity is not null && (validity[row >> 6] & (1ul << (row & 63))) == 0;

    /// <summary>Of a row whose value is there.</summary>
    public ref readonly T this[int row] => ref data[row];
}
