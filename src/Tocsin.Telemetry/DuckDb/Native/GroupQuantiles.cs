using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Tocsin.Telemetry.Query;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>
/// Several quantiles of the sketches of a group, found at once: as bytes it is one number for each share, none when nothing was added. So the
/// sketches of thousands of groups, of which a list shows some numbers, are never written.
/// </summary>
unsafe struct GroupQuantiles : IGroupState<GroupQuantiles>
{
    QuantileSketch sketch;
    int count;
    fixed double shares[DuckDbDialect.MostQuantiles];

    /// <summary>As a constant of the query tells them.</summary>
    public static double[] Read(ReadOnlySpan<byte> shares) =>
        [.. Encoding.ASCII.GetString(shares).Split(' ').Select(share => double.Parse(share, CultureInfo.InvariantCulture))];

    /// <summary>Asks for these, if none are asked for yet.</summary>
    public void Ask(ReadOnlySpan<double> asked)
    {
        if (count == 0)
        {
            count = asked.Length;
            asked.CopyTo(MemoryMarshal.CreateSpan(ref shares[0], DuckDbDialect.MostQuantiles));
        }
    }

    public void Take(ref GroupQuantiles other)
    {
        Ask(other.Shares);
        sketch.Take(ref other.sketch);
    }

    public void AddWritten(ReadOnlySpan<byte> bytes) => sketch.AddWritten(bytes);

    public int MostBytes => count * sizeof(double);

    public int Write(Span<byte> target)
    {
        var found = sketch.TryWriteQuantiles(Shares, MemoryMarshal.Cast<byte, double>(target));
        return found ? MostBytes : 0;
    }

    /// <summary>Of the bytes of <see cref="Write"/>.</summary>
    public static double? At(ReadOnlySpan<byte> written, int place)
    {
        var quantiles = MemoryMarshal.Cast<byte, double>(written);
        return place < quantiles.Length ? quantiles[place] : null;
    }

    public void Free()
    {
        sketch.Free();
        this = default;
    }

    [UnscopedRef]
    ReadOnlySpan<double> Shares => MemoryMarshal.CreateReadOnlySpan(ref shares[0], count);
}
