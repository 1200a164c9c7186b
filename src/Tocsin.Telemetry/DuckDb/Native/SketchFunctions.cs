namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>
/// Quantiles of weighted values, which DuckDB's own do not know: <c>sketch(value, weight)</c> counts them as bytes, <c>sketch_all(bytes)</c>
/// adds such counts up, <c>sketch_at(bytes, share)</c> reads a quantile. A state is a <see cref="QuantileSketch"/>.
/// <c>sketch_quantiles(bytes, shares)</c> adds counts up to find several quantiles, of which <c>quantile_in(bytes, place)</c> reads one, from 0 on. A
/// state is a <see cref="GroupQuantiles"/>.
/// </summary>
static unsafe class SketchFunctions
{
    public const string Of = "sketch";
    public const string All = "sketch_all";
    public const string At = "sketch_at";

    public const string Quantiles = "sketch_quantiles";
    public const string QuantileIn = "quantile_in";

    public static void Register(ConnectionHandle connection)
    {
        GroupFunctions<QuantileSketch>.Add(connection, Of, [DuckDbType.Double, DuckDbType.Double], Update);
        GroupFunctions<QuantileSketch>.AddSum(connection, All);
        Functions.AddScalar(connection, At, [DuckDbType.Blob, DuckDbType.Double], DuckDbType.Double, Read);
        GroupFunctions<GroupQuantiles>.Add(connection, Quantiles, [DuckDbType.Blob, DuckDbType.Varchar], Find);
        Functions.AddScalar(connection, QuantileIn, [DuckDbType.Blob, DuckDbType.BigInt], DuckDbType.Double, ReadFound);
    }

    static void Update(nint info, nint chunk, void** states)
    {
        var rows = Functions.Rows(chunk);
        var values = new ArgumentColumn<double>(chunk, 0);
        var weights = new ArgumentColumn<double>(chunk, 1);
        for (var row = 0; row < rows; row++)
        {
            if (!values.IsNull(row) && !weights.IsNull(row))
            {
                ((QuantileSketch*)states[row])->Add(values[row], weights[row]);
            }
        }
    }

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

    /// <summary>The shares are the same in all rows.</summary>
    static void Find(nint info, nint chunk, void** states)
    {
        var rows = Functions.Rows(chunk);
        var sketches = new ArgumentColumn<ShortText>(chunk, 0);
        var shares = rows > 0 ? GroupQuantiles.Read(new ArgumentColumn<ShortText>(chunk, 1)[0].Bytes) : [];
        for (var row = 0; row < rows; row++)
        {
            var state = (GroupQuantiles*)states[row];
            state->Ask(shares);
            if (!sketches.IsNull(row))
            {
                state->AddWritten(sketches[row].Bytes);
            }
        }
    }

    static void ReadFound(nint info, nint chunk, nint result)
    {
        var rows = Functions.Rows(chunk);
        var found = new ArgumentColumn<ShortText>(chunk, 0);
        var places = new ArgumentColumn<long>(chunk, 1);
        var writer = new VectorWriter(result);
        for (var row = 0; row < rows; row++)
        {
            if (!found.IsNull(row) && GroupQuantiles.At(found[row].Bytes, (int)places[row]) is { } quantile)
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
