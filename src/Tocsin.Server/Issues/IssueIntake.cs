using Tocsin.Server.Issues.Intake;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Issues;

/// <summary>
/// Puts a batch of events to their issues: finds or creates them, counts, and reopens what was resolved or archived. Everything is done
/// for the whole batch at once; the number of statements does not grow with the events. Runs inside the batch's metadata transaction and
/// leaves no trace when that is rolled back.
/// </summary>
sealed class IssueIntake(IssueOptions options)
{
    /// <summary>
    /// 1. known: which issues own the events' hashes; 2. room: how many more may begin;
    /// 3. gather: each event, in journal order, to the issue of its first known hash, or to a new one, or without room to the overflow issue;
    /// 4. create the new issues; 5. claim the hashes nobody owned;
    /// 6. count users; 7. decide what reopens; 8. write counts, looks and environments, of merged issues for each strand too; 9. tell what changed.
    /// </summary>
    /// <exception cref="StaleBatchException">A hash was discarded, or an issue deleted or merged, since the batch was checked: check it again.</exception>
    public async Task TakeInAsync(
        MetadataTransaction transaction,
        IReadOnlyList<PreparedItem> items,
        ICollection<IssueChange> changes,
        CancellationToken cancellation
    )
    {
        var sighted = items.Where(item => item.Sighting is not null).ToList();
        if (sighted.Count == 0)
        {
            return;
        }
        var known = await IssueHashes.KnownAsync(transaction, sighted, cancellation);
        var unknown = sighted.FindAll(item =>
            !item.Sighting!.Hashes.Any(hash => known.ContainsKey(new(item.Context.Project.Id, hash)))
        );
        var room = await NewIssueRoom.ReadAsync(transaction, unknown, options.NewPerHour, cancellation);
        var overflowing = await OverflowIssues.FindAsync(transaction, room.MayEnd(unknown), cancellation);
        var gathering = IssueGathering.Of(sighted, known, room, overflowing);
        await room.WriteAsync(transaction, cancellation);
        await IssueWriting.CreateAsync(transaction, gathering.New, cancellation);
        foreach (var tally in gathering.New)
        {
            foreach (var item in tally.Items)
            {
                item.IssueId = tally.Id;
            }
        }
        await IssueHashes.ClaimAsync(transaction, gathering.Unclaimed, cancellation);
        await IssueUsers.CountAsync(transaction, gathering.Tallies, cancellation);
        var turns = await IssueTurn.DecideAsync(transaction, gathering.Tallies, cancellation);
        await IssueWriting.CountAsync(transaction, gathering.Tallies, cancellation);
        await StrandCounts.AddAsync(transaction, gathering.Tallies, cancellation);
        await IssueWriting.TurnAsync(transaction, turns, cancellation);
        Tell(gathering, turns, changes);
    }

    static void Tell(IssueGathering gathering, IReadOnlyList<IssueTurn> turns, ICollection<IssueChange> changes)
    {
        foreach (var tally in gathering.Tallies)
        {
            if (tally.Before is null)
            {
                changes.Add(Change(IssueChangeKind.Created, tally, tally.Items[0]));
            }
            changes.Add(Change(IssueChangeKind.Counted, tally, tally.Latest) with { Events = tally.Items.Count });
        }
        foreach (var turn in turns.Where(turn => turn.Kind is not null))
        {
            changes.Add(Change(turn.Kind!.Value, turn.Tally, turn.Cause));
        }
    }

    static IssueChange Change(IssueChangeKind kind, IssueTally tally, PreparedItem item) =>
        new()
        {
            Kind = kind,
            OrganizationId = tally.Project.OrganizationId,
            ProjectId = tally.Project.Id,
            IssueId = tally.Id,
            ShortId = tally.ShortId,
            Title = tally.LooksOf(item).Title,
            EventId = item.EventId ?? default,
        };
}

/// <summary>What a batch was prepared on has changed meanwhile; prepare it again.</summary>
sealed class StaleBatchException(string message) : Exception(message);
