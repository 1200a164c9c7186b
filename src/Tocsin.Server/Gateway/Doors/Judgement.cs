using Tocsin.Protocol.Otlp;
using Tocsin.Server.Gateway.Quotas;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>What becomes of a body that is well formed.</summary>
/// <param name="Id">The event id to answer and to store under; null: the body makes no event.</param>
sealed record Judgement(EventId? Id)
{
    /// <summary>Something is left to process.</summary>
    public bool Keep { get; init; } = true;

    /// <summary>Of an export: what it holds, and what of that is bad.</summary>
    public OtlpTally? Tally { get; init; }

    /// <summary>Items that the quota took out.</summary>
    public IReadOnlyList<int> Refused { get; init; } = [];

    /// <summary>What was not kept, and why. It counts when the rest is durable: who is sent back with all of it sends all of it again.</summary>
    public IReadOnlyList<RefusedItems> Losses { get; init; } = [];

    /// <summary>How many tokens of the limits on errors it took.</summary>
    public int Tokens { get; init; }

    /// <summary>The quota that took something out; the answer is 429 then, whatever was kept.</summary>
    public QuotaHit? Hit { get; init; }
}

/// <summary>So many of a category, all refused for one reason.</summary>
readonly record struct RefusedItems(Outcome Outcome, string Category, long Quantity);
