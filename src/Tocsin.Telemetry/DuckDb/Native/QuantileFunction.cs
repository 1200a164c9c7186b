using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>
/// The aggregate <c>sketch_quantile(value, weight, share)</c>: DuckDB's own quantiles know no weights and keep every value in memory. DuckDB calls
/// from its threads; a state is one <see cref="QuantileSketch"/> and the share, used by one thread at a time.
/// </summary>
static unsafe class QuantileFunction
{
    public const string Name = "sketch_quantile";

    struct State
    {
        public QuantileSketch Sketch;
        public double Share;
    }

    public static void Register(ConnectionHandle connection)
    {
        var function = DuckDbLibrary.duckdb_create_aggregate_function();
        var number = DuckDbLibrary.duckdb_create_logical_type(DuckDbType.Double);
        try
        {
            DuckDbLibrary.duckdb_aggregate_function_set_name(function, Name);
            for (var parameter = 0; parameter < 3; parameter++)
            {
                DuckDbLibrary.duckdb_aggregate_function_add_parameter(function, number);
            }
            DuckDbLibrary.duckdb_aggregate_function_set_return_type(function, number);
            DuckDbLibrary.duckdb_aggregate_function_set_functions(
                function,
                (delegate* unmanaged[Cdecl]<nint, ulong>)&Size,
                (delegate* unmanaged[Cdecl]<nint, State*, void>)&Begin,
                (delegate* unmanaged[Cdecl]<nint, nint, State**, void>)&Update,
                (delegate* unmanaged[Cdecl]<nint, State**, State**, ulong, void>)&Combine,
                (delegate* unmanaged[Cdecl]<nint, State**, nint, ulong, ulong, void>)&Finish
            );
            DuckDbLibrary.duckdb_aggregate_function_set_destructor(
                function,
                (delegate* unmanaged[Cdecl]<State**, ulong, void>)&Destroy
            );
            if (DuckDbLibrary.duckdb_register_aggregate_function(connection, function) != 0)
            {
                throw new DuckDbException(DuckDbErrorKind.Fatal, $"DuckDB refused the function {Name}.");
            }
        }
        finally
        {
            DuckDbLibrary.duckdb_destroy_logical_type(ref number);
            DuckDbLibrary.duckdb_destroy_aggregate_function(ref function);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static ulong Size(nint info) => (ulong)sizeof(State);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Begin(nint info, State* state) => *state = default;

    /// <summary>Rows with an absent value do not come here.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Update(nint info, nint chunk, State** states)
    {
        var rows = (int)DuckDbLibrary.duckdb_data_chunk_get_size(chunk);
        var values = Numbers(chunk, 0);
        var weights = Numbers(chunk, 1);
        var shares = Numbers(chunk, 2);
        for (var row = 0; row < rows; row++)
        {
            states[row]->Sketch.Add(values[row], weights[row]);
            states[row]->Share = shares[row];
        }
    }

    static double* Numbers(nint chunk, ulong column) =>
        (double*)DuckDbLibrary.duckdb_vector_get_data(DuckDbLibrary.duckdb_data_chunk_get_vector(chunk, column));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Combine(nint info, State** sources, State** targets, ulong count)
    {
        for (var at = 0ul; at < count; at++)
        {
            targets[at]->Sketch.Add(sources[at]->Sketch);
            targets[at]->Share = Math.Max(targets[at]->Share, sources[at]->Share);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Finish(nint info, State** states, nint result, ulong count, ulong offset)
    {
        var writer = new VectorWriter(result);
        for (var at = 0; at < (int)count; at++)
        {
            if (states[at]->Sketch.Quantile(states[at]->Share) is { } quantile)
            {
                writer.Write((int)offset + at, quantile);
            }
            else
            {
                writer.WriteNull((int)offset + at);
            }
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Destroy(State** states, ulong count)
    {
        for (var at = 0ul; at < count; at++)
        {
            states[at]->Sketch.Free();
        }
    }
}
