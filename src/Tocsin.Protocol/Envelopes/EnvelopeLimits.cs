namespace Tocsin.Protocol.Envelopes;

/// <summary>
/// The sizes a client may send, Sentry's by default. Unknown item types are bounded by the whole envelope only. Real clients do
/// break the event's limit with large extras: they are told so, nothing is cut.
/// </summary>
public sealed record EnvelopeLimits
{
    const long KiB = 1024;
    const long MiB = 1024 * KiB;

    /// <summary>The inflated body.</summary>
    public long Envelope { get; init; } = 200 * MiB;

    /// <summary>One header line.</summary>
    public int HeaderLine { get; init; } = (int)(8 * KiB);

    /// <summary>Items of any type: each costs memory however small it is.</summary>
    public int Items { get; init; } = 10_000;

    /// <summary>
    /// Event, transaction, security, raw security, replay event, feedback and form data: the count is per type, the total for all of them.
    /// </summary>
    public ItemLimit Event { get; init; } = new(MiB, 1, MiB);

    /// <summary>Attachment, Unreal report and user report.</summary>
    public ItemLimit Attachment { get; init; } = new(200 * MiB, 30, 200 * MiB);
    public ItemLimit ReplayRecording { get; init; } = new(10 * MiB, 1, 10 * MiB);
    public ItemLimit ReplayVideo { get; init; } = new(10 * MiB, 1, 10 * MiB);

    /// <summary>Single sessions and aggregates.</summary>
    public ItemLimit Session { get; init; } = new(10 * MiB, 100, 10 * MiB);
    public ItemLimit ClientReport { get; init; } = new(100 * KiB, 100, 100 * KiB);
    public ItemLimit Profile { get; init; } = new(50 * MiB, 1, 50 * MiB);
    public ItemLimit ProfileChunk { get; init; } = new(50 * MiB, 1, 50 * MiB);
    public ItemLimit CheckIn { get; init; } = new(100 * KiB, 1, 100 * KiB);

    /// <summary>Metrics of the removed product, statsd lines or buckets.</summary>
    public ItemLimit Statsd { get; init; } = new(MiB, 1, MiB);
    public ItemLimit Log { get; init; } = new(12 * MiB, 1, 12 * MiB, 2 * MiB);
    public ItemLimit TraceMetric { get; init; } = new(12 * MiB, 1, 12 * MiB, MiB);
    public ItemLimit SpanContainer { get; init; } = new(12 * MiB, 1, 12 * MiB, 10 * MiB);

    /// <summary>Spans on their own.</summary>
    public ItemLimit Span { get; init; } = new(10 * MiB, 25, 12 * MiB);

    /// <summary>Null: nothing but the whole envelope bounds it.</summary>
    public ItemLimit? For(ItemHeader header) =>
        header.Type switch
        {
            ItemType.Event
            or ItemType.Transaction
            or ItemType.Security
            or ItemType.RawSecurity
            or ItemType.ReplayEvent
            or ItemType.Feedback
            or ItemType.FormData => Event,
            ItemType.Attachment or ItemType.UnrealReport or ItemType.UserReport => Attachment,
            ItemType.ReplayRecording => ReplayRecording,
            ItemType.ReplayVideo => ReplayVideo,
            ItemType.Session or ItemType.Sessions => Session,
            ItemType.ClientReport => ClientReport,
            ItemType.Profile => Profile,
            ItemType.ProfileChunk or ItemType.ProfileChunkUi => ProfileChunk,
            ItemType.CheckIn => CheckIn,
            ItemType.Statsd or ItemType.MetricBuckets => Statsd,
            ItemType.Log => Log,
            ItemType.TraceMetric => TraceMetric,
            ItemType.Span => header.IsContainer ? SpanContainer : Span,
            _ => null,
        };
}
