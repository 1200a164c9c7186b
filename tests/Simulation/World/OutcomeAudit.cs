using Tocsin.Protocol;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry.Rows;

namespace Simulation.World;

/// <summary>What was received is the sum of all outcomes, category by category, and what was accepted is what was stored.</summary>
static class OutcomeAudit
{
    public static void Check(Chronicle chronicle, Promises promises)
    {
        var errors = chronicle.Events.Count(row => row.Type == "error");
        var transactions = chronicle.Batches.Sum(batch =>
            batch.Spans.Where(row => row.EventId is not null).Select(row => row.EventId).Distinct().Count()
        );
        var spans = chronicle.Spans.Count(row => row.EventId is null);
        Exactly(errors, DataCategory.Error);
        Exactly(transactions, DataCategory.Transaction);
        Exactly(spans, DataCategory.Span);
        Between(DataCategory.Error, [OutcomeKind.Accepted, OutcomeKind.Invalid], ErrorsIn);
        Between(DataCategory.Transaction, [OutcomeKind.Accepted, OutcomeKind.Invalid], TransactionsIn);
        Between(DataCategory.Span, [OutcomeKind.Accepted, OutcomeKind.Invalid], SpansIn);
        Between(DataCategory.Default, [OutcomeKind.Quarantined], sending => sending.Content == Content.Novelty ? 1 : 0);
        CheckRefusals(chronicle, promises);

        void Exactly(int stored, string category)
        {
            var accepted = Sum(chronicle, category, OutcomeKind.Accepted);
            Audit.Check(accepted == stored, $"{accepted} of {category} are counted as accepted, {stored} were stored");
        }

        void Between(string category, OutcomeKind[] kinds, Func<Sending, int> count)
        {
            var counted = kinds.Sum(kind => Sum(chronicle, category, kind));
            var least = promises.Acknowledged.Sum(count);
            var most = promises.Attempts.Sum(count);
            Audit.Check(counted >= least, $"{least} of {category} were acknowledged, {counted} are counted");
            Audit.Check(counted <= most, $"{most} of {category} were sent, {counted} are counted");
        }
    }

    /// <summary>A crash may take counts that were not written yet, and the answers of those that were: then the same is refused again.</summary>
    static void CheckRefusals(Chronicle chronicle, Promises promises)
    {
        var counted = Sum(chronicle, DataCategory.Default, OutcomeKind.Invalid);
        var refused = promises.Refused.Count;
        var most = promises.NeverCrashed ? refused : promises.Attempts.Count(sending => sending.Content == Content.Broken);
        Audit.Check(
            counted <= most && (counted == refused || !promises.NeverCrashed),
            $"{refused} of {most} were refused with an answer, {counted} are counted"
        );
    }

    static long Sum(Chronicle chronicle, string category, OutcomeKind kind) =>
        chronicle
            .Outcomes.Where(row => row.Category == category && row.Outcome == (int)kind)
            .Sum((OutcomeRow row) => row.Quantity);

    static int ErrorsIn(Sending sending) => sending.Content == Content.Event || sending.Part is { Throws: true } ? 1 : 0;

    static int TransactionsIn(Sending sending) => sending.Content == Content.Transaction ? 1 : 0;

    /// <summary>Those of a transaction count as its part, and what is no span counts as a bad one.</summary>
    static int SpansIn(Sending sending) =>
        sending.Content is Content.Spans or Content.Export ? sending.Part!.Ids.Count + sending.Part.Bad : 0;
}
