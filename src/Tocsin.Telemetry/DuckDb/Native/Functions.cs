using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>Tells an instance of DuckDB of functions that are ours.</summary>
static class Functions
{
    /// <summary>DuckDB has pointers to them, so they stay.</summary>
    static readonly ConcurrentDictionary<Delegate, nint> Pointers = new();

    public static void AddAggregate(
        ConnectionHandle connection,
        string name,
        ReadOnlySpan<DuckDbType> parameters,
        StateCalls calls,
        StateUpdateCall update
    )
    {
        var function = DuckDbLibrary.duckdb_create_aggregate_function();
        try
        {
            DuckDbLibrary.duckdb_aggregate_function_set_name(function, name);
            foreach (var parameter in parameters)
            {
                WithType(parameter, type => DuckDbLibrary.duckdb_aggregate_function_add_parameter(function, type));
            }
            WithType(DuckDbType.Blob, type => DuckDbLibrary.duckdb_aggregate_function_set_return_type(function, type));
            DuckDbLibrary.duckdb_aggregate_function_set_functions(
                function,
                Pointer(calls.Size),
                Pointer(calls.Begin),
                Pointer(update),
                Pointer(calls.Combine),
                Pointer(calls.Finish)
            );
            DuckDbLibrary.duckdb_aggregate_function_set_destructor(function, Pointer(calls.Destroy));
            Demand(DuckDbLibrary.duckdb_register_aggregate_function(connection, function), name);
        }
        finally
        {
            DuckDbLibrary.duckdb_destroy_aggregate_function(ref function);
        }
    }

    public static void AddScalar(
        ConnectionHandle connection,
        string name,
        ReadOnlySpan<DuckDbType> parameters,
        DuckDbType result,
        ScalarCall run
    )
    {
        var function = DuckDbLibrary.duckdb_create_scalar_function();
        try
        {
            DuckDbLibrary.duckdb_scalar_function_set_name(function, name);
            foreach (var parameter in parameters)
            {
                WithType(parameter, type => DuckDbLibrary.duckdb_scalar_function_add_parameter(function, type));
            }
            WithType(result, type => DuckDbLibrary.duckdb_scalar_function_set_return_type(function, type));
            DuckDbLibrary.duckdb_scalar_function_set_function(function, Pointer(run));
            Demand(DuckDbLibrary.duckdb_register_scalar_function(connection, function), name);
        }
        finally
        {
            DuckDbLibrary.duckdb_destroy_scalar_function(ref function);
        }
    }

    static nint Pointer(Delegate call) => Pointers.GetOrAdd(call, Marshal.GetFunctionPointerForDelegate);

    static void WithType(DuckDbType kind, Action<nint> use)
    {
        var type = DuckDbLibrary.duckdb_create_logical_type(kind);
        use(type);
        DuckDbLibrary.duckdb_destroy_logical_type(ref type);
    }

    static void Demand(int refused, string name)
    {
        if (refused != 0)
        {
            throw new DuckDbException(DuckDbErrorKind.Fatal, $"DuckDB refused the function {name}.");
        }
    }

    public static int Rows(nint chunk) => (int)DuckDbLibrary.duckdb_data_chunk_get_size(chunk);
}

/// <summary>What DuckDB calls for a group's state, besides adding rows to it.</summary>
sealed record StateCalls(
    StateSizeCall Size,
    StateBeginCall Begin,
    StateCombineCall Combine,
    StateFinishCall Finish,
    StateDestroyCall Destroy
);
