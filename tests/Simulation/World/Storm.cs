namespace Simulation.World;

/// <summary>What one call of the disk meets.</summary>
enum Weather
{
    Fair,
    Crash,
    DiskFull,
    ShortWrite,
    Broken,
}

/// <summary>How bad a seed's world is: chances in a thousand, per call of the disk or per step.</summary>
sealed record Storm
{
    public static Storm None { get; } = new();

    public int CrashAtCall { get; init; }
    public int CrashBetween { get; init; }
    public int DiskFull { get; init; }
    public int ShortWrite { get; init; }
    public int Broken { get; init; }
    public int FailedSync { get; init; }
    public int ClockJump { get; init; }

    public static Storm Of(Random chance)
    {
        return new()
        {
            CrashAtCall = One(0, 4, 15, 40),
            CrashBetween = One(0, 1, 4, 10),
            DiskFull = One(0, 0, 20, 120),
            ShortWrite = One(0, 0, 20, 80),
            Broken = One(0, 0, 10, 60),
            FailedSync = One(0, 0, 20, 120),
            ClockJump = One(0, 0, 3, 10),
        };

        int One(params ReadOnlySpan<int> of) => of[chance.Next(of.Length)];
    }

    public Weather OfWrite(Random chance) =>
        Draw(
            chance,
            (Weather.Crash, CrashAtCall),
            (Weather.DiskFull, DiskFull),
            (Weather.ShortWrite, ShortWrite),
            (Weather.Broken, Broken)
        );

    public Weather OfSync(Random chance) => Draw(chance, (Weather.Crash, CrashAtCall), (Weather.Broken, FailedSync));

    /// <summary>Creations, deletions, opens, directory syncs.</summary>
    public Weather OfName(Random chance) =>
        Draw(chance, (Weather.Crash, CrashAtCall), (Weather.DiskFull, DiskFull / 2), (Weather.Broken, Broken / 2));

    static Weather Draw(Random chance, params ReadOnlySpan<(Weather Weather, int Thousandths)> of)
    {
        var drawn = chance.Next(1000);
        foreach (var (weather, thousandths) in of)
        {
            if (drawn < thousandths)
            {
                return weather;
            }
            drawn -= thousandths;
        }
        return Weather.Fair;
    }
}
