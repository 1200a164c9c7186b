using System.Diagnostics;
using System.Text.Json.Nodes;
using Tocsin.Protocol;
using Tocsin.Protocol.Events;
using Tocsin.Protocol.Traces;
using Tocsin.Server.Countries;
using Tocsin.Server.Errors;
using Tocsin.Server.Errors.Filters;
using Tocsin.Server.Errors.Normalise;
using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Scrubbing;
using Tocsin.Server.Traces.Detectors;
using Tocsin.Server.Traces.Normalise;
using Tocsin.Server.Traces.Sampling;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces;

/// <summary>
/// Transactions: one service's part of a trace in one item. It becomes a row for the segment and one for each span below it; what the rows do not
/// hold (contexts, request, breadcrumbs) stays as a body. What it shares with errors is made legal, filtered and scrubbed as there.
/// </summary>
sealed class TransactionPipeline(TraceMeter meter, SegmentMemory memory, IssueIntake issues, CountryTable countries)
    : IItemPipeline
{
    static readonly (string Name, Func<TransactionDraft, TransactionDraft> Apply)[] Steps =
    [
        ("read", Read),
        ("normalise", Normalise),
        ("filter", Filter),
        ("sample", Sample),
        ("locate", Locate),
        ("scrub", Scrub),
        ("rows", MakeRows),
        ("detect", Detect),
    ];

    public bool Handles(string itemType) => itemType is ItemType.Transaction;

    public int Footprint => SpanRows.Footprint;

    public PreparedItem Prepare(ItemContext context, ReadOnlyMemory<byte> payload)
    {
        var draft = new TransactionDraft(context, payload, countries);
        foreach (var (name, apply) in Steps)
        {
            var started = Stopwatch.GetTimestamp();
            draft = apply(draft);
            meter.Step(name, started);
            if (draft.Outcome.Kind != OutcomeKind.Accepted)
            {
                return new RefusedTrace(context, draft.Outcome);
            }
        }
        var startedBody = Stopwatch.GetTimestamp();
        var prepared = Finish(draft);
        meter.Step("body", startedBody);
        meter.Spans(draft.Rows.Count);
        return prepared;
    }

    public Task TakeInAsync(
        MetadataTransaction transaction,
        IReadOnlyList<PreparedItem> items,
        ICollection<IssueChange> changes,
        CancellationToken cancellation
    ) => issues.TakeInAsync(transaction, items, changes, cancellation);

    /// <summary>What spans share with the transaction that are sent apart from it in the same envelope; null: it is none.</summary>
    /// <param name="context">Of the spans.</param>
    public static (TransactionRecord Record, Surroundings Around)? Lend(
        ItemContext context,
        ReadOnlyMemory<byte> payload,
        CountryTable countries
    )
    {
        var draft = Read(new(context with { ItemType = ItemType.Transaction }, payload, countries));
        if (draft.Outcome.Kind != OutcomeKind.Accepted)
        {
            return null;
        }
        draft = Scrub(Locate(Normalise(draft)));
        return (draft.Record, Around(draft));
    }

    static TransactionDraft Read(TransactionDraft draft) =>
        TransactionReader.TryRead(draft.Payload.Span, out var read, out var refusal)
            ? draft with
            {
                Record = read,
                Event = read.Event,
                Sampling = SamplingContext.Of(draft.Context.Envelope),
            }
            : draft with
            {
                Outcome = Outcome.Invalid(refusal.Reason),
            };

    /// <summary>The times of the spans are moved with the event's, when its clock was wrong.</summary>
    static TransactionDraft Normalise(TransactionDraft draft)
    {
        var e = Normaliser.Normalise(draft.Event, ErrorReading.CircumstancesOf(draft.Context, draft.Payload.Span));
        var facts = SpanFacts.Of(draft.Record.Segment);
        var name = TransactionName.Of(e.Transaction, e.TransactionSource ?? facts.NameSource);
        return draft with
        {
            Facts = facts,
            Event = e with
            {
                Type = ItemType.Transaction,
                Level = draft.Event.Level ?? "info",
                Transaction = name,
                // Sentry's word for an address without its ids.
                TransactionSource = e.TransactionSource is "url" && name != e.Transaction ? "sanitized" : e.TransactionSource,
            },
        };
    }

    static TransactionDraft Filter(TransactionDraft draft)
    {
        var options = draft.Context.Project.Options;
        if (HealthChecks.Matches(options, draft.Event.Transaction))
        {
            return draft with { Outcome = Outcome.Filtered(HealthChecks.Id) };
        }
        var subject = new FilterSubject(draft.Event, options, draft.Context.Receipt.RemoteAddress?.ToString());
        return InboundFilters.Find(subject) is { } filter ? draft with { Outcome = Outcome.Filtered(filter) } : draft;
    }

    static TransactionDraft Sample(TransactionDraft draft)
    {
        var subject = SamplingSubject.Of(draft.Record.Segment.TraceId, draft.Event, draft.Sampling, draft.Facts);
        var (outcome, weight) = SamplingRules.For(draft.Context.Project.Options).Decide(subject);
        return draft with { Outcome = outcome, Weight = weight };
    }

    /// <summary>Before scrubbing, which may take the address. What the attributes of its own span state wins.</summary>
    static TransactionDraft Locate(TransactionDraft draft) =>
        draft.Facts.Country is null ? draft with { Event = UserCountry.Apply(draft.Event, draft.Countries) } : draft;

    static TransactionDraft Scrub(TransactionDraft draft) =>
        draft with
        {
            Event = EventScrubber.Scrub(draft.Event, ScrubRules.For(draft.Context.Project.Options)),
        };

    static TransactionDraft MakeRows(TransactionDraft draft)
    {
        var (_, segment, children) = draft.Record;
        var around = Around(draft);
        Span[] spans = [segment, .. children];
        var own = SelfTime.Of(spans);
        var end = Microseconds.From(draft.Event.Timestamp!.Value);
        var rows = new SpanRows(draft.Context, end - segment.End);
        var made = new SpanRow[spans.Length];
        for (var i = 1; i < spans.Length; i++)
        {
            var facts = SpanFacts.Of(spans[i]);
            facts.KeepDiffering(spans[i], around);
            made[i] = rows.Of(spans[i], facts, around, own[i]);
        }
        draft.Facts.KeepDiffering(segment, around);
        var request = draft.Event.Request;
        var row = rows.Of(segment, draft.Facts, around, own[0], Tags(draft.Event), SegmentMeasurements.Of(segment, children));
        made[0] = row with
        {
            HttpMethod = row.HttpMethod ?? request?.Method?.ToUpperInvariant(),
            HttpStatus = row.HttpStatus ?? TransactionSurroundings.AnswerOf(draft.Event),
            Url = row.Url ?? request?.Url,
        };
        return draft with { Rows = made };
    }

    static Surroundings Around(TransactionDraft draft) =>
        TransactionSurroundings.Of(
            draft.Event,
            draft.Record.Segment,
            draft.Facts,
            draft.Sampling,
            draft.Context.Receipt.UserAgent
        ) with
        {
            Weight = draft.Weight,
        };

    static TransactionDraft Detect(TransactionDraft draft) =>
        draft with
        {
            Problems = Problems.Raise(draft.Context, draft.Event.Id, draft.Rows),
        };

    static IEnumerable<KeyValuePair<string, string>> Tags(ErrorEvent e) =>
        e.Tags.Where(tag => tag.Value is not null).Select(tag => new KeyValuePair<string, string>(tag.Key, tag.Value!));

    PreparedTrace Finish(TransactionDraft draft) =>
        new(draft.Context)
        {
            EventId = draft.Event.Id,
            Timestamp = draft.Rows[0].Timestamp,
            Body = EventWriter.Write(Kept(draft.Event)),
            Spans = draft.Rows,
            Raised = draft.Problems,
            Naming = Naming(draft),
        };

    /// <summary>For the web vitals that follow when the page is left, which know the trace and the page's name as the client has it.</summary>
    SegmentNaming? Naming(TransactionDraft draft)
    {
        if (draft.Rows[0] is not { Op: "pageload" or "navigation" } page)
        {
            return null;
        }
        var naming = new SegmentNaming(memory.Names);
        var stated = draft.Record.Event.Transaction;
        naming.Make(page.TraceId, SegmentNames.OfTrace, new(page.Transaction, page.Connection) { Stated = stated });
        return naming;
    }

    /// <summary>Without what the segment's row holds, and without the list of packages, which weighs more than all else and explains no time.</summary>
    static ErrorEvent Kept(ErrorEvent e)
    {
        var contexts = (JsonObject?)e.Contexts?.DeepClone();
        (contexts?["trace"] as JsonObject)?.Remove("data");
        return e with { Contexts = contexts, Modules = new Dictionary<string, string?>() };
    }
}
