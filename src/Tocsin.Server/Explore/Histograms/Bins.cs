namespace Tocsin.Server.Explore.Histograms;

/// <summary>Bins of equal width. Start and Width: in the smallest unit that edges have, of which Unit make 1.</summary>
readonly record struct Bins(double Start, double Width, int Count, double Unit)
{
    /// <summary>The steps that people count in.</summary>
    static readonly double[] Steps = [1, 2, 2.5, 5, 10];

    public double From => Start / Unit;

    public double To => (Start + Count * Width) / Unit;

    public double EdgeOf(int bin) => (Start + bin * Width) / Unit;

    /// <param name="min">The smallest value that counts; null: there is none.</param>
    /// <param name="max">The largest value that counts, inclusive; null: there is none.</param>
    public static Bins Of(double? min, double? max, int most, int places)
    {
        var unit = Math.Pow(10, places);
        if (min is not { } least || max is not { } largest)
        {
            return new(Math.Floor((min ?? 0) * unit), 1, most, unit);
        }
        var (low, high) = (least * unit, largest * unit);
        var width = Nice((high - low) / most);
        var start = Math.Floor(low / width) * width;
        // Of the last bin the end is not in it.
        while (start + most * width <= high)
        {
            width = Nice(width * 1.1);
        }
        return new(start, width, (int)Math.Floor((high - start) / width) + 1, unit);
    }

    /// <summary>A whole number that is not smaller, and easy to count in.</summary>
    static double Nice(double width)
    {
        if (width <= 1)
        {
            return 1;
        }
        var scale = Math.Pow(10, Math.Floor(Math.Log10(width)));
        return Steps.Select(step => step * scale).First(step => step >= width && Math.Floor(step) == step);
    }
}
