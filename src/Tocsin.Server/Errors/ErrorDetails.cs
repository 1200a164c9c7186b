using System.Globalization;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Shapes;
using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Errors;

/// <summary>Reads one event back from the payload segments and makes the API's shape of it.</summary>
sealed class ErrorDetails(PayloadStore payloads, ErrorQueries queries, ProjectDirectory projects, OverflowIssue overflow)
{
    public PayloadReading Body(FoundEvent place) =>
        payloads.Read(place.Location, record => (record.ProjectId, record.EventId) == (place.ProjectId, place.Id));

    /// <summary>The event among those of its issue.</summary>
    public async Task<EventDetail> DetailAsync(FoundEvent place, CancellationToken cancellation)
    {
        var detail = await AloneAsync(place, cancellation);
        // A transaction has no issue, and so no neighbours.
        return place.IssueId == 0
            ? detail
            : detail with
            {
                NextEventId = (await queries.NextAsync(place, cancellation))?.Id.ToString(),
                PreviousEventId = (await queries.PreviousAsync(place, cancellation))?.Id.ToString(),
            };
    }

    /// <summary>Without its neighbours.</summary>
    public async Task<EventDetail> AloneAsync(FoundEvent place, CancellationToken cancellation)
    {
        var detail = Body(place) switch
        {
            PayloadReading.Found { Record: var record } when EventReader.TryRead(record.Body.Span, out var read, out _) => Whole(
                place,
                record,
                read
            ),
            PayloadReading.Found { Record: var record } => Bare(place, RowOf(record), "The body of this event was thinned out."),
            PayloadReading.Damaged { Reason: var reason } => Bare(place, null, reason),
            _ => Bare(place, null, "The body of this event is not kept any more."),
        };
        // Which issue an event goes to is decided after its body is written, so that this remark stands beside the body.
        var crowded = await overflow.ReasonAsync(place.IssueId, cancellation);
        return crowded is null ? detail : detail with { Errors = [NoteMapping.OfIssue(crowded), .. detail.Errors] };
    }

    EventDetail Whole(FoundEvent place, PayloadRecord record, ErrorEvent read)
    {
        var entries = EntryMapping.Entries(read);
        var options = projects.Get(place.ProjectId)?.Options ?? ProjectOptions.Default;
        var grouping = GroupingExplanation.Of(read, StoredEvent.ReadGrouping(record.Body.Span), options);
        var whole = Bare(place, RowOf(record), null) with
        {
            Location = EventFrames.CrashFrame(read, null)?.Filename,
            Size = record.Body.Length,
            Entries = [.. entries.Select(entry => entry.Entry)],
            User = UserOf(read.User),
            Contexts = read.Contexts ?? [],
            Context = read.Extra ?? [],
            Packages = read.Modules,
            Sdk = read.Sdk is { } sdk ? new(sdk.Name, sdk.Version) : null,
            Errors = [.. read.Notes.Where(note => note.Kind.Length > 0).Select(NoteMapping.Error)],
            Meta = NoteMapping.Tree(read.Notes, [.. entries.Select(entry => entry.Field)]),
            Grouping = grouping,
            Fingerprints = [.. grouping?["hashes"]?.AsArray().Select(hash => hash!.ToString()) ?? []],
            Metadata = EventMetadata.Of(read, RowOf(record).Title, null, null),
            Occurrence = StoredOccurrence.Read(record.Body.Span),
        };
        return SpanFormat.Is(record.Columns.Span)
            ? TransactionParts.Of(
                whole with
                {
                    Tags = EventTags.Of(whole.Tags, read.Tags),
                },
                SpanFormat.Read(record.Columns, record.ProjectId)
            )
            : whole;
    }

    /// <summary>A transaction is an event too, though its rows are spans.</summary>
    static EventRow RowOf(PayloadRecord record) =>
        SpanFormat.Is(record.Columns.Span)
            ? SegmentRow.Of(SpanFormat.Read(record.Columns, record.ProjectId))
            : RowFormat.ReadEvent(record.Columns.Span);

    /// <summary>What is known without the body.</summary>
    EventDetail Bare(FoundEvent place, EventRow? row, string? missing) =>
        new()
        {
            Id = place.Id.ToString(),
            EventId = place.Id.ToString(),
            GroupId = place.IssueId == 0 ? null : $"{place.IssueId}",
            ProjectId = $"{place.ProjectId}",
            ProjectSlug = projects.Get(place.ProjectId)?.Slug ?? "",
            Title = row?.Title ?? "",
            Message = row?.Message ?? "",
            Culprit = row?.Culprit ?? "",
            Platform = row?.Platform ?? "other",
            Type = row?.Type ?? "default",
            Level = row?.Level ?? "error",
            Metadata = [],
            DateCreated = Microseconds.ToUtc(place.Timestamp),
            DateReceived = Microseconds.ToUtc(row?.Received ?? place.Timestamp),
            TraceId = row?.TraceId?.ToString("x32", CultureInfo.InvariantCulture),
            SpanId = row?.SpanId?.ToString("x16", CultureInfo.InvariantCulture),
            Size = 0,
            Entries = [],
            Tags = row is null ? [] : EventTags.Of(row),
            Contexts = [],
            Context = [],
            Packages = new Dictionary<string, string?>(),
            Release = ReleaseName.Of(row?.Release),
            Dist = row?.Dist,
            Environment = row?.Environment,
            Transaction = row?.Transaction,
            Errors = [],
            Fingerprints = [],
            Meta = [],
            BodyMissing = missing,
        };

    static EventUserShape? UserOf(EventUser? user) =>
        user is null or { IsEmpty: true, Data: null, Geo: null }
            ? null
            : new()
            {
                Id = user.Id,
                Email = user.Email,
                Username = user.Username,
                Name = user.Name,
                IpAddress = user.IpAddress,
                Geo = user.Geo,
                Data = user.Data,
            };
}
