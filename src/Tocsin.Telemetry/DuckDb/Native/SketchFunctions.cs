namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>
/// Quantiles of weighted values, which DuckDB's own do not know: <c>sketch(value, weight)</c> counts them as bytes, <c>sketch_all(bytes)</c>
/// adds such counts up, <c>sketch_at(bytes, share)</c> reads a quantile. A state is a <see cref="QuantileSketch"/>.
/// </summary>
static unsafe class SketchFunctions
{
    public const string Of = "sketch";
    public const string All = "sketch_all";
    public const string At = "sketch_at";

    public static void Register(ConnectionHandle connection)
    {
        GroupFunctions<QuantileSketch>.Add(connection, Of, [DuckDbType.Double, DuckDbType.Double], Update);
        GroupFunctions<QuantileSketch>.AddSum(connection, All);
        Functions.AddScalar(connection, At, [DuckDbType.Blob, DuckDbType.Double], DuckDbType.Double, Read);
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
}
