using Tocsin.Protocol;
using Tocsin.Server.Gateway.Bodies;

namespace Tocsin.Server.Gateway;

/// <summary>How much each door takes, and what a refusal calls it.</summary>
static class DoorLimits
{
    public static BodyLimits For(Door door, IngestRoute route, GatewayOptions options)
    {
        var (inflated, type) = door switch
        {
            Door.Envelope => (options.Envelope.Envelope, "envelope"),
            // Base64 makes an event a third longer, and may be broken into lines.
            Door.Store => (options.Envelope.Event.Item * 3 / 2, ItemType.Event),
            Door.Security => (options.Reports, ItemType.Security),
            Door.CheckIn => (options.Envelope.CheckIn.Item, ItemType.CheckIn),
            Door.Nel => (options.Reports, ItemType.Nel),
            Door.Drain => (options.Batch, ItemType.Log),
            Door.Otlp => (
                options.Batch,
                route.Category switch
                {
                    DataCategory.Span => ItemType.Span,
                    DataCategory.LogItem => ItemType.Log,
                    _ => ItemType.TraceMetric,
                }
            ),
            Door.Unreal => (options.Envelope.Attachment.Total, ItemType.UnrealReport),
            _ => (options.Envelope.Attachment.Total, ItemType.Attachment),
        };
        return new(Math.Min(options.Compressed, inflated), inflated, options.Ratio, options.RatioFrom, type);
    }
}
