using Tocsin.Protocol;
using Tocsin.Protocol.Otlp;
using Tocsin.Server.Gateway;

namespace Tocsin.Server.Pipeline;

/// <summary>What a body is that came through a door of its own, without an item header.</summary>
readonly record struct DoorItem(string ItemType, string Category)
{
    /// <summary>The body of an OTLP export of traces; the receipt's content type tells the encoding.</summary>
    public const string OtlpTraces = "otlp_traces";

    public OtlpSignal? Signal { get; init; }

    public static DoorItem Of(Receipt receipt) =>
        receipt.Door switch
        {
            Door.Security => new(Protocol.ItemType.RawSecurity, DataCategory.Security),
            Door.Minidump => new("minidump", DataCategory.Error),
            Door.Unreal => new(Protocol.ItemType.UnrealReport, DataCategory.Error),
            Door.CheckIn => new(Protocol.ItemType.CheckIn, DataCategory.Monitor),
            Door.Attachments => new("attachments", DataCategory.AttachmentItem),
            Door.Nel => new(Protocol.ItemType.Nel, DataCategory.Default),
            Door.Drain => new(
                receipt.Path?.Contains("heroku", StringComparison.Ordinal) == true ? "heroku_logs" : "vercel_logs",
                DataCategory.LogItem
            ),
            Door.Findings => new(receipt.Path ?? "finding", DataCategory.Default),
            Door.Otlp => OfOtlp(receipt.Path ?? ""),
            _ => new("envelope", DataCategory.Default),
        };

    /// <summary>A body of the store endpoint says in its own <c>type</c> what it is.</summary>
    public static DoorItem OfEvent(string? type) =>
        type switch
        {
            Protocol.ItemType.Transaction => new(Protocol.ItemType.Transaction, DataCategory.Transaction),
            Protocol.ItemType.Feedback => new(Protocol.ItemType.Feedback, DataCategory.Feedback),
            "csp" or "hpkp" or "expectct" or "expectstaple" => new(Protocol.ItemType.Security, DataCategory.Security),
            _ => new(Protocol.ItemType.Event, DataCategory.Error),
        };

    static DoorItem OfOtlp(string path) =>
        path.Contains("v1/traces", StringComparison.Ordinal) ? new(OtlpTraces, DataCategory.Span) { Signal = OtlpSignal.Traces }
        : path.Contains("v1/logs", StringComparison.Ordinal) ? new("otlp_logs", DataCategory.LogItem) { Signal = OtlpSignal.Logs }
        : path.Contains("v1/metrics", StringComparison.Ordinal)
            ? new("otlp_metrics", DataCategory.TraceMetric) { Signal = OtlpSignal.Metrics }
        : new("otlp", DataCategory.Default);
}
