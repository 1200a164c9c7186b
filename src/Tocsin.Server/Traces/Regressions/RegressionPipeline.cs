using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Traces.Regressions;

/// <summary>Makes an event of what the watch found. It comes through the journal, so that a replay, a rebuild and the counts know it as any other.</summary>
sealed class RegressionPipeline(IssueIntake issues) : IItemPipeline
{
    public const string ItemType = "endpoint_regression";

    public bool Handles(string itemType) => itemType == ItemType;

    public PreparedItem Prepare(ItemContext context, ReadOnlyMemory<byte> payload) =>
        Slowdown.Read(payload.Span) is { } slowdown
            ? RegressionEvent.Of(context, slowdown)
            : new RefusedTrace(context, Outcome.Invalid("invalid_json"));

    public Task TakeInAsync(
        MetadataTransaction transaction,
        IReadOnlyList<PreparedItem> items,
        ICollection<IssueChange> changes,
        CancellationToken cancellation
    ) => issues.TakeInAsync(transaction, items, changes, cancellation);
}
