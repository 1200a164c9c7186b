using System.Runtime.InteropServices;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>Functions of our own: of the values of one row, and of groups of rows. Callbacks are pointers to the delegates below.</summary>
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

    [LibraryImport(Library)]
    internal static partial void duckdb_aggregate_function_set_functions(
        nint function,
        nint size,
        nint begin,
        nint update,
        nint combine,
        nint finish
    );

    [LibraryImport(Library)]
    internal static partial void duckdb_aggregate_function_set_destructor(nint function, nint destroy);

    [LibraryImport(Library)]
    internal static partial int duckdb_register_aggregate_function(ConnectionHandle connection, nint function);

    [LibraryImport(Library)]
    internal static partial nint duckdb_create_scalar_function();

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_scalar_function(ref nint function);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void duckdb_scalar_function_set_name(nint function, string name);

    [LibraryImport(Library)]
    internal static partial void duckdb_scalar_function_add_parameter(nint function, nint type);

    [LibraryImport(Library)]
    internal static partial void duckdb_scalar_function_set_return_type(nint function, nint type);

    [LibraryImport(Library)]
    internal static partial void duckdb_scalar_function_set_function(nint function, nint run);

    [LibraryImport(Library)]
    internal static partial int duckdb_register_scalar_function(ConnectionHandle connection, nint function);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_data_chunk_get_size(nint chunk);

    [LibraryImport(Library)]
    internal static partial nint duckdb_data_chunk_get_vector(nint chunk, ulong column);
}

/// <summary>For each row of the chunk, the value into the result.</summary>
[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
delegate void ScalarCall(nint info, nint chunk, nint result);

/// <summary>How many bytes of DuckDB's memory a group's state takes.</summary>
[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
delegate ulong StateSizeCall(nint info);

[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
unsafe delegate void StateBeginCall(nint info, void* state);

/// <summary>Each row of the chunk belongs to the state in its place.</summary>
[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
unsafe delegate void StateUpdateCall(nint info, nint chunk, void** states);

[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
unsafe delegate void StateCombineCall(nint info, void** sources, void** targets, ulong count);

[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
unsafe delegate void StateFinishCall(nint info, void** states, nint result, ulong count, ulong offset);

[UnmanagedFunctionPointer(CallingConvention.Cdecl)]
unsafe delegate void StateDestroyCall(void** states, ulong count);
