using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>
/// Quantiles of weighted values, which DuckDB's own do not know: <c>sketch(value, weight)</c> counts them as bytes, <c>sketch_all(bytes)</c>
/// adds such counts up, <c>sketch_at(bytes, share)</c> reads a quantile. DuckDB calls from its threads; a state is a
/// <see cref="QuantileSketch"/>, used by one thread at a time.
/// </summary>
static unsafe class SketchFunctions
{
    public const string Of = "sketch";
    public const string All = "sketch_all";
    public const string At = "sketch_at";

    public static void Register(ConnectionHandle connection)
    {
        Add(
            connection,
            Of,
            [DuckDbType.Double, DuckDbType.Double],
            (delegate* unmanaged[Cdecl]<nint, nint, QuantileSketch**, void>)&Update
        );
        Add(connection, All, [DuckDbType.Blob], (delegate* unmanaged[Cdecl]<nint, nint, QuantileSketch**, void>)&UpdateAll);
        Functions.AddScalar(
            connection,
            At,
            [DuckDbType.Blob, DuckDbType.Double],
            DuckDbType.Double,
            (delegate* unmanaged[Cdecl]<nint, nint, nint, void>)&Read
        );
    }

    static void Add(ConnectionHandle connection, string name, ReadOnlySpan<DuckDbType> parameters, void* update) =>
        Functions.AddAggregate(
            connection,
            name,
            parameters,
            DuckDbType.Blob,
            (delegate* unmanaged[Cdecl]<nint, ulong>)&Size,
            (delegate* unmanaged[Cdecl]<nint, QuantileSketch*, void>)&Begin,
            update,
            (delegate* unmanaged[Cdecl]<nint, QuantileSketch**, QuantileSketch**, ulong, void>)&Combine,
            (delegate* unmanaged[Cdecl]<nint, QuantileSketch**, nint, ulong, ulong, void>)&Finish,
            (delegate* unmanaged[Cdecl]<QuantileSketch**, ulong, void>)&Destroy
        );

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static ulong Size(nint info) => (ulong)sizeof(QuantileSketch);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Begin(nint info, QuantileSketch* state) => *state = default;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Update(nint info, nint chunk, QuantileSketch** states)
    {
        var rows = Functions.Rows(chunk);
        var values = new ArgumentColumn<double>(chunk, 0);
        var weights = new ArgumentColumn<double>(chunk, 1);
        for (var row = 0; row < rows; row++)
        {
            if (!values.IsNull(row) && !weights.IsNull(row))
            {
                states[row]->Add(values[row], weights[row]);
            }
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void UpdateAll(nint info, nint chunk, QuantileSketch** states)
    {
        var rows = Functions.Rows(chunk);
        var sketches = new ArgumentColumn<ShortText>(chunk, 0);
        for (var row = 0; row < rows; row++)
        {
            if (!sketches.IsNull(row))
            {
                states[row]->AddWritten(sketches[row].Bytes);
            }
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Combine(nint info, QuantileSketch** sources, QuantileSketch** targets, ulong count)
    {
        for (var at = 0ul; at < count; at++)
        {
            targets[at]->Add(*sources[at]);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Finish(nint info, QuantileSketch** states, nint result, ulong count, ulong offset)
    {
        var writer = new VectorWriter(result);
        Span<byte> bytes = [];
        for (var at = 0; at < (int)count; at++)
        {
            var most = states[at]->MostBytes;
            bytes = bytes.Length < most ? new byte[most] : bytes;
            writer.Write((int)offset + at, bytes[..states[at]->Write(bytes)]);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Destroy(QuantileSketch** states, ulong count)
    {
        for (var at = 0ul; at < count; at++)
        {
            states[at]->Free();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Read(nint info, nint chunk, nint result)
    {
        var rows = Functions.Rows(chunk);
        var sketches = new ArgumentColumn<ShortText>(chunk, 0);
        var shares = new ArgumentColumn<double>(chunk, 1);
        var writer = new VectorWriter(result);
        for (var row = 0; row < rows; row++)
        {
            if (!sketches.IsNull(row) && QuantileSketch.Quantile(sketches[row].Bytes, shares[row]) is { } quantile)
            {
                writer.Write(row, quantile);
            }
            else
            {
                writer.WriteNull(row);
            }
        }
    }
}
