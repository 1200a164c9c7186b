using Tocsin.Protocol;
using Tocsin.Protocol.Events;
using Tocsin.Protocol.Traces;
using Tocsin.Server.Countries;
using Tocsin.Server.Errors.Filters;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Scrubbing;
using Tocsin.Server.Traces.Detectors;
using Tocsin.Server.Traces.Normalise;
using Tocsin.Server.Traces.Sampling;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces;

/// <summary>
/// Spans that came without a transaction to rows. Each is judged alone: one that is filtered or sampled out counts under its own outcome and the
/// others stay. A segment lends what it knows to the spans of the same item below it, however they are ordered.
/// </summary>
static class SpanPreparation
{
    /// <summary>
    /// Characters of what programs say of themselves that the segments of an item repeat together: one of nothing but small segments would become
    /// gigabytes.
    /// </summary>
    const int MostLent = 16 << 20;

    public static PreparedItem Prepare(
        ItemContext context,
        IReadOnlyList<SpanSource> sources,
        IReadOnlyList<RefusedSpans> refused,
        SegmentMemory memory,
        CountryTable countries
    )
    {
        var losses = refused
            .Select(fault => new PartialLoss(Outcome.Invalid(fault.Refusal.Reason), DataCategory.Span, fault.Count))
            .ToList();
        var naming = new SegmentNaming(memory.Names);
        var drafts = Drafts(context, sources, naming, countries);
        var kept = new List<SpanDraft>(drafts.Count);
        foreach (var draft in drafts)
        {
            if (OutcomeOf(context, draft) is { Kind: not OutcomeKind.Accepted } outcome)
            {
                losses.Add(new(outcome, DataCategory.Span, 1));
            }
            else
            {
                kept.Add(draft);
            }
        }
        IReadOnlyList<CategoryQuantity> held = [new(DataCategory.Span, drafts.Count + refused.Sum(fault => fault.Count))];
        if (kept.Count == 0)
        {
            // Nothing is left: the item ends as most of its spans did.
            return new RefusedTrace(
                context,
                losses.Count == 0
                    ? Outcome.Invalid("no_data")
                    : losses.GroupBy(loss => loss.Outcome).MaxBy(alike => alike.Sum(loss => loss.Quantity))!.Key
            )
            {
                Quantities = held,
                Naming = naming,
            };
        }
        return Finish(context, drafts, kept, losses, held, naming, memory.Open);
    }

    static PreparedTrace Finish(
        ItemContext context,
        List<SpanDraft> all,
        List<SpanDraft> kept,
        List<PartialLoss> losses,
        IReadOnlyList<CategoryQuantity> held,
        SegmentNaming naming,
        OpenSegments open
    )
    {
        var spans = all.Select(draft => draft.Span).ToList();
        var own = SelfTime.Of(spans);
        var shifts = SpanShifts.Of(context, all);
        var rows = new SpanRows(context, 0);
        var below = spans.Where(span => !span.IsSegment).ToLookup(span => (span.TraceId, span.SegmentId));
        var made = new List<SpanRow>(kept.Count);
        foreach (var draft in kept)
        {
            var row = rows.Of(
                draft.Span,
                draft.Facts,
                draft.Around,
                own[draft.Place],
                measurements: draft.Span.IsSegment ? Measurements(draft.Span, below) : null
            );
            made.Add(shifts is null ? row : row with { Timestamp = row.Timestamp + shifts.For(draft) });
        }
        var id = SpanSetId.Of(spans);
        var join = new SegmentJoin(open, id);
        return new(context)
        {
            EventId = id,
            Timestamp = made[0].Timestamp,
            Spans = made,
            Losses = losses,
            Quantities = held,
            Raised = Problems.Raise(context, id, made, join),
            Naming = naming,
            Join = join,
        };
    }

    /// <summary>As of a transaction, as far as the spans below it came along.</summary>
    static IReadOnlyList<Measurement> Measurements(Span segment, ILookup<(UInt128, long?), Span> below) =>
        SegmentMeasurements.Of(segment, [.. below[(segment.TraceId, segment.SpanId)]]);

    static List<SpanDraft> Drafts(
        ItemContext context,
        IReadOnlyList<SpanSource> sources,
        SegmentNaming naming,
        CountryTable countries
    )
    {
        var sampling = SamplingContext.Of(context.Envelope);
        var drafts = new List<SpanDraft>(sources.Sum(source => source.Spans.Count));
        var lent = 0L;
        foreach (var source in sources)
        {
            var first = drafts.Count;
            foreach (var span in source.Spans)
            {
                drafts.Add(new(drafts.Count, span, SpanFacts.Of(span), source) { Sampling = sampling });
            }
            Surround(context, drafts, first, sampling, naming, countries, ref lent);
        }
        return drafts;
    }

    /// <summary>The segments first, so that the other spans find them.</summary>
    static void Surround(
        ItemContext context,
        List<SpanDraft> drafts,
        int first,
        SamplingContext sampling,
        SegmentNaming naming,
        CountryTable countries,
        ref long lent
    )
    {
        var segments = new Dictionary<(UInt128, long), Surroundings>();
        for (var i = first; i < drafts.Count; i++)
        {
            var draft = drafts[i];
            if (draft.Span.IsSegment)
            {
                OwnAddress.Take(draft.Span, draft.Facts, SdkOf(draft), segment: null);
                draft.Around = SpanSurroundings.Of(
                    draft.Span,
                    draft.Facts,
                    KnownOf(draft, naming),
                    sampling,
                    Visitor(context, draft, countries)
                );
                lent += draft.Source.TextLength;
                if (lent <= MostLent)
                {
                    draft.Facts.AddRest(draft.Source.Attributes);
                }
                segments.TryAdd((draft.Span.TraceId, draft.Span.SpanId), draft.Around);
                // What follows does not know where the name comes from, and would make another of it.
                var name = draft.Around.Transaction;
                var lends = name == TransactionName.Of(draft.Facts.Transaction ?? draft.Span.Name, null) ? null : name;
                if (lends is not null || draft.Facts.Connection is not null)
                {
                    naming.Make(draft.Span.TraceId, draft.Span.SpanId, new(lends, draft.Facts.Connection));
                }
            }
        }
        for (var i = first; i < drafts.Count; i++)
        {
            var draft = drafts[i];
            if (!draft.Span.IsSegment)
            {
                var segment = draft.Span.SegmentId is { } id
                    ? segments.GetValueOrDefault((draft.Span.TraceId, id)) ?? draft.Source.Beside.Find(draft.Span.TraceId, id)
                    : null;
                OwnAddress.Take(draft.Span, draft.Facts, SdkOf(draft), segment);
                draft.Around = SpanSurroundings.Of(
                    draft.Span,
                    draft.Facts,
                    segment ?? KnownOf(draft, naming),
                    sampling,
                    Visitor(context, draft, countries)
                );
            }
        }
    }

    static string? SdkOf(SpanDraft draft) => draft.Facts.SdkName ?? draft.Source.Program.SdkName;

    /// <summary>Of a span whose segment is not in the item: its program, and what the segment lent when it came.</summary>
    static Surroundings KnownOf(SpanDraft draft, SegmentNaming naming)
    {
        var (span, program) = (draft.Span, draft.Source.Program);
        var words =
            // Clients that send transactions send vitals behind them that know the trace alone.
            span.IsSegment
                ? SpanRows.IsVital(span.Op)
                    ? naming.Find(span.TraceId, SegmentNames.OfTrace)
                    : null
                : span.SegmentId is { } segment
                    ? naming.Find(span.TraceId, segment)
                    : null;
        return words is null
            ? program
            : program with
            {
                Transaction = words.NameFor(draft.Facts.Transaction),
                Connection = program.Connection ?? words.Connection,
            };
    }

    static Visitor Visitor(ItemContext context, SpanDraft draft, CountryTable countries)
    {
        var receipt = context.Receipt;
        var infers = draft.Source.InfersAddress ?? (draft.Facts.UserAddress == "{{auto}}");
        var remote = receipt.RemoteAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : receipt.RemoteAddress;
        return new(
            infers ? remote?.ToString() : null,
            draft.Source.InfersAgent ? receipt.UserAgent : null,
            !ScrubRules.For(context.Project.Options).ScrubsAddresses,
            countries
        );
    }

    static Outcome OutcomeOf(ItemContext context, SpanDraft draft)
    {
        if (FilterOf(context, draft) is { } filter)
        {
            return Outcome.Filtered(filter);
        }
        var decision = SamplingRules.For(context.Project.Options).Decide(SamplingSubject.Of(draft));
        draft.Around = draft.Around with { Weight = decision.Weight };
        return decision.Outcome;
    }

    static string? FilterOf(ItemContext context, SpanDraft draft)
    {
        var options = context.Project.Options;
        if (HealthChecks.Matches(options, draft.Around.Transaction))
        {
            return HealthChecks.Id;
        }
        if (draft.Facts.IsLocal && options.Filters.Contains("localhost"))
        {
            return "localhost";
        }
        // Most projects have no other filter on; an event for each span would be made for nothing.
        if (
            !options.Filters.Any(id => id != HealthChecks.Id)
            && options is { FilteredReleases.Count: 0, FilteredAddresses.Count: 0 }
        )
        {
            return null;
        }
        var agent = draft.Facts.UserAgent ?? (draft.Source.InfersAgent ? context.Receipt.UserAgent : null);
        var subject = new FilterSubject(
            new ErrorEvent
            {
                Release = draft.Around.Release,
                User = draft.Facts.UserAddress is { } address ? new() { IpAddress = address } : null,
                Request = agent is null ? null : new() { Headers = [new("User-Agent", agent)] },
            },
            options,
            context.Receipt.RemoteAddress?.ToString()
        );
        return InboundFilters.Find(subject);
    }
}
