namespace Tocsin.Telemetry.Query.Search;

/// <summary>What the letters behind a number stand for; NaN for letters that stand for nothing.</summary>
static class SearchUnits
{
    public static double Milliseconds(string unit) =>
        unit.ToLowerInvariant() switch
        {
            "ms" => 1,
            "s" => 1_000,
            "min" or "m" => 60_000,
            "hr" or "h" => 3_600_000,
            "day" or "d" => 86_400_000,
            "wk" or "w" => 604_800_000,
            _ => double.NaN,
        };

    public static double Bytes(string unit) =>
        unit.ToLowerInvariant() switch
        {
            "bit" => 0.125,
            "nb" or "bytes" or "byte" => 1,
            "kb" => 1e3,
            "mb" => 1e6,
            "gb" => 1e9,
            "tb" => 1e12,
            "pb" => 1e15,
            "eb" => 1e18,
            "kib" => 1024d,
            "mib" => 1024d * 1024,
            "gib" => Math.Pow(1024, 3),
            "tib" => Math.Pow(1024, 4),
            "pib" => Math.Pow(1024, 5),
            "eib" => Math.Pow(1024, 6),
            _ => double.NaN,
        };

    public static readonly (string Format, TimeSpan Length)[] TimeFormats =
    [
        ("yyyy-MM-dd", TimeSpan.FromDays(1)),
        ("yyyy-MM-ddTHH:mm", TimeSpan.FromMinutes(1)),
        ("yyyy-MM-ddTHH:mmK", TimeSpan.FromMinutes(1)),
        ("yyyy-MM-ddTHH:mm:ss", TimeSpan.FromSeconds(1)),
        ("yyyy-MM-ddTHH:mm:ssK", TimeSpan.FromSeconds(1)),
        ("yyyy-MM-ddTHH:mm:ss.FFFFFF", TimeSpan.FromMicroseconds(1)),
        ("yyyy-MM-ddTHH:mm:ss.FFFFFFK", TimeSpan.FromMicroseconds(1)),
    ];
}
