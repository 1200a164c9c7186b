using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Tocsin.Protocol;

namespace Tocsin.Server.Pipeline;

/// <summary>What a client says it discarded itself. It becomes outcomes; the report is none of its own.</summary>
static class ClientReport
{
    const int LongestReason = 200;

    /// <summary>Of one entry, as Relay bounds it. What clients state is added up over all time: without a bound two reports break the sum.</summary>
    const long Most = uint.MaxValue;

    // Only Sentry's own Relay sends the other three; there the kind of the outcome is known.
    static readonly (string List, OutcomeKind Kind)[] Lists =
    [
        ("discarded_events", OutcomeKind.ClientDiscard),
        ("rate_limited_events", OutcomeKind.RateLimited),
        ("filtered_events", OutcomeKind.Filtered),
        ("filtered_sampling_events", OutcomeKind.Filtered),
    ];

    /// <summary>False: not a report. Entries without a category or a quantity above zero, of 32 bits, count for nothing.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out IReadOnlyList<ClientLoss>? losses)
    {
        losses = null;
        try
        {
            var reader = new Utf8JsonReader(json);
            using var report = JsonDocument.ParseValue(ref reader);
            if (report.RootElement.ValueKind != JsonValueKind.Object)
            {
                return false;
            }
            var read = new List<ClientLoss>();
            foreach (var (list, kind) in Lists)
            {
                if (report.RootElement.TryGetProperty(list, out var entries) && entries.ValueKind == JsonValueKind.Array)
                {
                    read.AddRange(entries.EnumerateArray().Select(entry => Read(entry, kind)).OfType<ClientLoss>());
                }
            }
            losses = read;
            return true;
        }
        // The second: a name with half a surrogate pair, which is legal JSON.
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Bytes that are no UTF-8, or half a surrogate pair, are legal JSON for the reader and no text.</summary>
    static string TextOf(JsonElement text)
    {
        try
        {
            return text.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    static ClientLoss? Read(JsonElement entry, OutcomeKind kind)
    {
        if (
            entry.ValueKind != JsonValueKind.Object
            || !entry.TryGetProperty("category", out var category)
            || category.ValueKind != JsonValueKind.String
            || !entry.TryGetProperty("quantity", out var quantity)
            || quantity.ValueKind != JsonValueKind.Number
            || !quantity.TryGetInt64(out var count)
            || count is <= 0 or > Most
        )
        {
            return null;
        }
        var reason =
            entry.TryGetProperty("reason", out var given) && given.ValueKind == JsonValueKind.String ? TextOf(given) : "";
        var named = TextOf(category);
        var known = DataCategory.All.Contains(named) ? named : DataCategory.Default;
        return new(kind, reason.Length > LongestReason ? reason[..LongestReason] : reason, known, count);
    }
}

sealed record ClientLoss(OutcomeKind Kind, string Reason, string Category, long Quantity);
