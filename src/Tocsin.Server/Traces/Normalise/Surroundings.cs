namespace Tocsin.Server.Traces.Normalise;

/// <summary>What is known around a span rather than of it: who, where, in which program. It stands in each span's row that arrived with it.</summary>
sealed record Surroundings
{
    public static Surroundings Unknown { get; } = new();

    public string? Transaction { get; init; }
    public string? TransactionOp { get; init; }
    public string? Service { get; init; }
    public string? Platform { get; init; }
    public string? Environment { get; init; }
    public string? Release { get; init; }
    public string? Dist { get; init; }
    public string? ServerName { get; init; }
    public string? SdkName { get; init; }
    public string? SdkVersion { get; init; }
    public string? User { get; init; }
    public string? Browser { get; init; }
    public string? BrowserVersion { get; init; }
    public string? Os { get; init; }
    public string? Device { get; init; }
    public string? Connection { get; init; }
    public string? Country { get; init; }
    public UInt128? EventId { get; init; }
    public UInt128? ProfileId { get; init; }
    public UInt128? ReplayId { get; init; }
    public double? ClientSampleRate { get; init; }
    public double Weight { get; init; } = 1;
}
