using Tocsin.Telemetry;

namespace Tocsin.Server.Retention;

/// <summary>How long rows and bodies are kept, by the day on which they were received. Days; null: for ever.</summary>
sealed record RetentionOptions
{
    public int? Errors { get; init; } = 90;
    public int? Spans { get; init; } = 30;
    public int? Quarantine { get; init; } = 30;

    /// <summary>Bytes that all of it may take on the disk; null: what there is.</summary>
    public long? DiskBudget { get; init; }

    /// <summary>So long after midnight UTC a day is closed; what the journal still holds of it comes before.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(30);

    public TimeSpan Look { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Where the payload segments of past days are worked on; a simulation has one thread for everything.</summary>
    public Func<Action, CancellationToken, Task> Quietly { get; init; } = QuietThread.RunAsync;

    /// <summary>The ledger of a day is kept until nothing it counts is left.</summary>
    public int? Outcomes => Errors is { } errors && Spans is { } spans ? Math.Max(errors, spans) : null;
}
