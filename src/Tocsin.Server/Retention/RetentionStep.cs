using Tocsin.Telemetry;

namespace Tocsin.Server.Retention;

/// <summary>What retention does to a day.</summary>
abstract record RetentionStep(DateOnly Day)
{
    /// <summary>Sorts its rows and opens it for reading only.</summary>
    public sealed record Close(DateOnly Day) : RetentionStep(Day);

    /// <summary>Compresses its bodies in blocks.</summary>
    public sealed record Pack(DateOnly Day) : RetentionStep(Day);

    /// <param name="Day">Arrival day.</param>
    /// <param name="Kinds"><see cref="RowKinds.All"/>: nothing of the day is left afterwards.</param>
    /// <param name="Reason">One of <see cref="DropReason"/>.</param>
    /// <param name="Bytes">What the day takes before.</param>
    public sealed record Drop(DateOnly Day, RowKinds Kinds, string Reason, long Bytes) : RetentionStep(Day);
}

static class DropReason
{
    /// <summary>It was kept as long as the settings say.</summary>
    public const string Age = "age";

    /// <summary>The disk budget was exceeded.</summary>
    public const string Budget = "budget";
}
