using Tocsin.Protocol;
using Tocsin.Server.Gateway;

namespace Tocsin.Server.Pipeline;

/// <summary>What a body is that came through a door of its own, without an item header.</summary>
readonly record struct DoorItem(string ItemType, string Category)
{
    public static DoorItem Of(Receipt receipt) =>
        receipt.Door switch
        {
            Door.Security => new(Protocol.ItemType.RawSecurity, DataCategory.Security),
            Door.Minidump => new("minidump", DataCategory.Error),
            Door.Unreal => new(Protocol.ItemType.UnrealReport, DataCategory.Error),
            Door.CheckIn => new(Protocol.ItemType.CheckIn, DataCategory.Monitor),
            Door.Attachments => new("attachments", DataCategory.AttachmentItem),
            Door.Nel => new(Protocol.ItemType.Nel, DataCategory.Default),
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
        path.Contains("traces", StringComparison.Ordinal) ? new("otlp_traces", DataCategory.Span)
        : path.Contains("logs", StringComparison.Ordinal) ? new("otlp_logs", DataCategory.LogItem)
        : path.Contains("metrics", StringComparison.Ordinal) ? new("otlp_metrics", DataCategory.TraceMetric)
        : new("otlp", DataCategory.Default);
}
