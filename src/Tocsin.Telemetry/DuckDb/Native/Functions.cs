namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>Tells an instance of DuckDB of functions that are ours.</summary>
static unsafe class Functions
{
    /// <param name="size">State size; then begin, update, combine, finish and destroy, as <see cref="DuckDbLibrary.duckdb_aggregate_function_set_functions"/> says.</param>
    public static void AddAggregate(
        ConnectionHandle connection,
        string name,
        ReadOnlySpan<DuckDbType> parameters,
        DuckDbType result,
        void* size,
        void* begin,
        void* update,
        void* combine,
        void* finish,
        void* destroy
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
            WithType(result, type => DuckDbLibrary.duckdb_aggregate_function_set_return_type(function, type));
            DuckDbLibrary.duckdb_aggregate_function_set_functions(function, size, begin, update, combine, finish);
            DuckDbLibrary.duckdb_aggregate_function_set_destructor(function, destroy);
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
        void* run
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
            DuckDbLibrary.duckdb_scalar_function_set_function(function, run);
            Demand(DuckDbLibrary.duckdb_register_scalar_function(connection, function), name);
        }
        finally
        {
            DuckDbLibrary.duckdb_destroy_scalar_function(ref function);
        }
    }

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
