namespace Tocsin.Server.Explore.Reading;

/// <summary>What Google calls good and poor: milliseconds, CLS without unit.</summary>
readonly record struct VitalLimits(double Good, double Poor)
{
    public static VitalLimits? Find(string measurement) =>
        measurement switch
        {
            "measurements.lcp" => new(2500, 4000),
            "measurements.inp" => new(200, 500),
            "measurements.cls" => new(0.1, 0.25),
            "measurements.fcp" or "measurements.fp" => new(1800, 3000),
            "measurements.ttfb" => new(800, 1800),
            "measurements.fid" => new(100, 300),
            _ => null,
        };
}
