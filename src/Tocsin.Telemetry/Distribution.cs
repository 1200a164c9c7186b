using Tocsin.Telemetry.DuckDb.Native;

namespace Tocsin.Telemetry;

/// <summary>
/// How numbers are spread, in a form in which several groups of them can be put together. Quantiles of it are wrong by less than 1 %. Immutable.
/// </summary>
public sealed class Distribution
{
    readonly byte[] counted;

    /// <param name="counted">As <see cref="QuantileSketch"/> writes it.</param>
    internal Distribution(byte[] counted) => this.counted = counted;

    public static Distribution Together(IEnumerable<Distribution> parts)
    {
        var sketch = default(QuantileSketch);
        try
        {
            foreach (var part in parts)
            {
                sketch.AddWritten(part.counted);
            }
            var bytes = new byte[sketch.MostBytes];
            return new(bytes[..sketch.Write(bytes)]);
        }
        finally
        {
            sketch.Free();
        }
    }

    /// <param name="share">0 to 1.</param>
    /// <returns>Null of no numbers.</returns>
    public double? Quantile(double share) => QuantileSketch.Quantile(counted, share);
}
