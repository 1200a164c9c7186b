using Tocsin.Protocol.Envelopes;

namespace Tocsin.Protocol;

/// <summary>So much of a category.</summary>
public readonly record struct CategoryQuantity(string Category, long Quantity);

/// <summary>What an item costs in quotas and statistics, from its header and length alone.</summary>
public static class ItemCategory
{
    static readonly HashSet<string> UiPlatforms = ["android", "cocoa", "javascript", "flutter", "dart"];

    /// <summary>The category that names the item in an outcome; null for items that cost nothing.</summary>
    public static string? Of(ItemHeader header) =>
        header.Type switch
        {
            ItemType.Event or ItemType.UnrealReport => DataCategory.Error,
            ItemType.Attachment when AttachmentType.IsCrash(header.AttachmentType) => DataCategory.Error,
            ItemType.Attachment => DataCategory.Attachment,
            ItemType.Transaction => DataCategory.Transaction,
            ItemType.Security or ItemType.RawSecurity => DataCategory.Security,
            ItemType.Session or ItemType.Sessions => DataCategory.Session,
            ItemType.UserReport or ItemType.Feedback => DataCategory.Feedback,
            ItemType.Profile => DataCategory.Profile,
            ItemType.ProfileChunkUi => DataCategory.ProfileChunkUi,
            ItemType.ProfileChunk => ChunkCategory(header.Platform),
            ItemType.ReplayEvent or ItemType.ReplayRecording or ItemType.ReplayVideo => DataCategory.Replay,
            ItemType.CheckIn => DataCategory.Monitor,
            ItemType.Span or ItemType.OtelSpan => DataCategory.Span,
            ItemType.Log or ItemType.OtelLog => DataCategory.LogItem,
            ItemType.TraceMetric => DataCategory.TraceMetric,
            _ => null,
        };

    /// <summary>All that the item counts for; empty for client reports, statsd, NEL, form data and unknown types.</summary>
    /// <param name="length">Bytes of the payload.</param>
    public static IReadOnlyList<CategoryQuantity> Quantities(ItemHeader header, long length)
    {
        if (Of(header) is not { } category)
        {
            return [];
        }
        var bytes = Math.Max(1, length);
        return category switch
        {
            DataCategory.Attachment => [new(category, bytes), new(DataCategory.AttachmentItem, 1)],
            DataCategory.LogItem => [new(category, Contained(header, bytes)), new(DataCategory.LogByte, bytes)],
            DataCategory.Span or DataCategory.TraceMetric => [new(category, Contained(header, bytes))],
            _ => [new(category, 1)],
        };
    }

    /// <summary>What a client states is added up with what all others do: no more than there is room for, or one alone could break the sum.</summary>
    static long Contained(ItemHeader header, long bytes) => Math.Clamp(header.ItemCount ?? 1, 1, bytes);

    static string ChunkCategory(string? platform) =>
        platform is not null && UiPlatforms.Contains(platform) ? DataCategory.ProfileChunkUi : DataCategory.ProfileChunk;
}
