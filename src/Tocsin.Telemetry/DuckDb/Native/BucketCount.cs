namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>
/// How much weight lies in a bucket. The key is 0 for what is not above 0; a weight above 2^24 is rounded.
/// </summary>
readonly record struct BucketCount(float Weight, int Key)
{
    const int FractionBits = 7;
    const int Unused = 52 - FractionBits;

    /// <summary>How many keys there are.</summary>
    public const int Keys = 1 << 14;

    /// <summary>Exponent and first bits of the fraction before those of 2^-32, of which the key is 1.</summary>
    const long Below = ((1023L - 32) << FractionBits) - 1;

    public static int KeyOf(double value) =>
        value > 0 ? (int)Math.Clamp((BitConverter.DoubleToInt64Bits(value) >> Unused) - Below, 1, Keys - 1) : 0;

    /// <summary>The least number of the bucket.</summary>
    public static double Floor(int key) => BitConverter.Int64BitsToDouble((key + Below) << Unused);
}
