using System.Diagnostics;
using Tocsin.Protocol;
using Tocsin.Server.Countries;
using Tocsin.Server.Errors.Filters;
using Tocsin.Server.Errors.Grouping.Fingerprints;
using Tocsin.Server.Errors.Grouping.V1;
using Tocsin.Server.Errors.InApp;
using Tocsin.Server.Errors.Normalise;
using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Scrubbing;

namespace Tocsin.Server.Errors;

/// <summary>
/// Errors, messages and browsers' security reports, from their bytes to an issue. The steps are the list below, in this order: what the client
/// sent is made legal, then refused or not, then cleaned of secrets, and only then looked at. All of it is pure computation but the taking in.
/// </summary>
sealed class ErrorPipeline(ErrorMeter meter, IssueIntake issues, CountryTable countries) : IItemPipeline
{
    static readonly (string Name, Func<ErrorDraft, ErrorDraft> Apply)[] Steps =
    [
        ("read", Read),
        ("normalise", Normalise),
        ("filter", Filter),
        ("locate", Locate),
        ("scrub", Scrub),
        ("tag", Tag),
        ("in-app", DetectInApp),
        ("group", Group),
        ("title", Name),
    ];

    public bool Handles(string itemType) => itemType is ItemType.Event or ItemType.Security or ItemType.RawSecurity;

    public PreparedItem Prepare(ItemContext context, ReadOnlyMemory<byte> payload)
    {
        var draft = new ErrorDraft(context, payload, countries);
        foreach (var (name, apply) in Steps)
        {
            var started = Stopwatch.GetTimestamp();
            draft = apply(draft);
            meter.Step(name, started);
            if (draft.Outcome.Kind != OutcomeKind.Accepted)
            {
                return new RefusedError(context, draft.Outcome);
            }
        }
        var startedRow = Stopwatch.GetTimestamp();
        var prepared = Finish(draft);
        meter.Step("row", startedRow);
        return prepared;
    }

    public Task TakeInAsync(
        MetadataTransaction transaction,
        IReadOnlyList<PreparedItem> items,
        ICollection<IssueChange> changes,
        CancellationToken cancellation
    ) => issues.TakeInAsync(transaction, items, changes, cancellation);

    static ErrorDraft Read(ErrorDraft draft)
    {
        var (read, outcome) = ErrorReading.Read(draft.Context, draft.Payload.Span);
        return read is null ? draft with { Outcome = outcome } : draft with { Event = read };
    }

    static ErrorDraft Normalise(ErrorDraft draft) =>
        draft with
        {
            Event = Normaliser.Normalise(draft.Event, ErrorReading.CircumstancesOf(draft.Context, draft.Payload.Span)),
        };

    static ErrorDraft Filter(ErrorDraft draft)
    {
        var subject = new FilterSubject(
            draft.Event,
            draft.Context.Project.Options,
            draft.Context.Receipt.RemoteAddress?.ToString()
        );
        return InboundFilters.Find(subject) is { } filter ? draft with { Outcome = Outcome.Filtered(filter) } : draft;
    }

    /// <summary>Before scrubbing, which may take the address.</summary>
    static ErrorDraft Locate(ErrorDraft draft) => draft with { Event = UserCountry.Apply(draft.Event, draft.Countries) };

    static ErrorDraft Scrub(ErrorDraft draft) =>
        draft with
        {
            Event = EventScrubber.Scrub(draft.Event, ScrubRules.For(draft.Context.Project.Options)),
        };

    static ErrorDraft Tag(ErrorDraft draft) => draft with { Event = DerivedTags.Apply(draft.Event) };

    static ErrorDraft DetectInApp(ErrorDraft draft) =>
        draft with
        {
            Event = InAppDetection.Detect(
                draft.Event,
                StackRules.For(draft.Context.Project.Options.GroupingEnhancements),
                draft.Looks
            ),
        };

    static ErrorDraft Group(ErrorDraft draft)
    {
        var options = draft.Context.Project.Options;
        return draft with
        {
            Grouping = GroupingV1.Group(
                draft.Event,
                StackRules.For(options.GroupingEnhancements),
                FingerprintRules.For(options.FingerprintingRules),
                draft.Looks
            ),
        };
    }

    static ErrorDraft Name(ErrorDraft draft) =>
        draft with
        {
            Title = EventTitle.Of(draft.Event, draft.Grouping.Title, draft.Grouping.MainException),
            Culprit = Culprit.Of(draft.Event, draft.Grouping.MainException),
        };

    static PreparedError Finish(ErrorDraft draft)
    {
        var e = draft.Event;
        var row = ErrorRow.Of(e, draft.Context.Project.Id, draft.Title, draft.Culprit, draft.Grouping.MainException);
        return new(draft.Context)
        {
            Event = e,
            Grouping = draft.Grouping,
            EventId = e.Id,
            Timestamp = row.Timestamp,
            Written = StoredEvent.Write(e, draft.Grouping),
            Row = row,
            Sighting = new()
            {
                Hashes = draft.Grouping.Hashes,
                Type = row.Type,
                Title = draft.Title,
                Culprit = draft.Culprit,
                Metadata = EventMetadata.Of(e, draft.Title, draft.Grouping.Title, draft.Grouping.MainException).ToJsonString(),
                Level = row.Level,
                Platform = row.Platform,
                Logger = row.Logger,
                Priority = IssuePriority.Of(row.Level, row.Handled),
                IsUnhandled = row.Handled == false,
                Environment = row.Environment,
                Release = row.Release,
                User = row.User,
            },
        };
    }
}
