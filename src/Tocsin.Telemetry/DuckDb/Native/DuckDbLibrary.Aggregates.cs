using System.Runtime.InteropServices;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>Aggregate functions of our own; <c>duckdb_aggregate_state</c> is a pointer to as many bytes as the size function says.</summary>
static unsafe partial class DuckDbLibrary
{
    [LibraryImport(Library)]
    internal static partial nint duckdb_create_aggregate_function();

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_aggregate_function(ref nint function);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void duckdb_aggregate_function_set_name(nint function, string name);

    [LibraryImport(Library)]
    internal static partial void duckdb_aggregate_function_add_parameter(nint function, nint type);

    [LibraryImport(Library)]
    internal static partial void duckdb_aggregate_function_set_return_type(nint function, nint type);

    /// <summary>State size, begin, update (info, chunk, states), combine (info, sources, targets, count), finish (info, states, result, count, offset).</summary>
    [LibraryImport(Library)]
    internal static partial void duckdb_aggregate_function_set_functions(
        nint function,
        void* size,
        void* begin,
        void* update,
        void* combine,
        void* finish
    );

    [LibraryImport(Library)]
    internal static partial void duckdb_aggregate_function_set_destructor(nint function, void* destroy);

    [LibraryImport(Library)]
    internal static partial int duckdb_register_aggregate_function(ConnectionHandle connection, nint function);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_data_chunk_get_size(nint chunk);

    [LibraryImport(Library)]
    internal static partial nint duckdb_data_chunk_get_vector(nint chunk, ulong column);
}
