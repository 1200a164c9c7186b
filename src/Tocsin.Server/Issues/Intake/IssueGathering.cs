using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Issues.Intake;

/// <summary>A hash within its project.</summary>
readonly record struct IssueHash(long ProjectId, string Hash);

/// <summary>
/// The batch's events by issue. Within one batch an event may join an issue that an earlier one of the same batch creates; where there is no
/// room for a new one it joins its project's overflow issue and leaves its hashes to whoever comes when there is.
/// </summary>
sealed class IssueGathering
{
    readonly IReadOnlyDictionary<IssueHash, KnownIssue> known;
    readonly NewIssueRoom room;
    readonly IReadOnlyDictionary<long, Issue> overflowing;
    readonly Dictionary<long, IssueTally> byId = [];
    readonly Dictionary<long, IssueTally> overflows = [];
    readonly Dictionary<IssueHash, (IssueTally Tally, long Strand)> byHash = [];
    readonly List<IssueTally> tallies = [];
    readonly List<UnclaimedHash> unclaimed = [];

    IssueGathering(
        IReadOnlyDictionary<IssueHash, KnownIssue> known,
        NewIssueRoom room,
        IReadOnlyDictionary<long, Issue> overflowing
    )
    {
        this.known = known;
        this.room = room;
        this.overflowing = overflowing;
    }

    public IReadOnlyList<IssueTally> Tallies => tallies;
    public IEnumerable<IssueTally> New => tallies.Where(tally => tally.Before is null);

    public IReadOnlyList<UnclaimedHash> Unclaimed => unclaimed;

    /// <param name="items">In journal order.</param>
    /// <param name="known">The issues of the hashes that have one.</param>
    /// <param name="room">For new issues.</param>
    /// <param name="overflowing">The overflow issues that exist, by project; of the projects whose room may end.</param>
    public static IssueGathering Of(
        IReadOnlyList<PreparedItem> items,
        IReadOnlyDictionary<IssueHash, KnownIssue> known,
        NewIssueRoom room,
        IReadOnlyDictionary<long, Issue> overflowing
    )
    {
        var gathering = new IssueGathering(known, room, overflowing);
        foreach (var item in items)
        {
            gathering.Gather(item);
        }
        return gathering;
    }

    void Gather(PreparedItem item)
    {
        var project = item.Context.Project;
        var (tally, strand) = OfHashes(item) ?? (room.TryTake(item) ? (Add(new(project, null)), 0L) : (OverflowOf(project), 0L));
        tally.Items.Add(item);
        item.IssueId = strand == 0 ? tally.Id : strand;
        if (tally.IsOverflow)
        {
            return;
        }
        for (var place = 0; place < item.Sighting!.Hashes.Count; place++)
        {
            var key = new IssueHash(project.Id, item.Sighting.Hashes[place]);
            if (!known.ContainsKey(key) && byHash.TryAdd(key, (tally, strand)))
            {
                unclaimed.Add(new(key, item, place));
            }
        }
    }

    (IssueTally Tally, long Strand)? OfHashes(PreparedItem item)
    {
        var project = item.Context.Project;
        foreach (var hash in item.Sighting!.Hashes)
        {
            var key = new IssueHash(project.Id, hash);
            if (byHash.TryGetValue(key, out var begun))
            {
                return begun;
            }
            if (this.known.TryGetValue(key, out var known))
            {
                var id = known.Issue.Id;
                var tally = byId.TryGetValue(id, out var met)
                    ? met
                    : byId[id] = Add(new(project, known.Issue) { IsMerged = known.IsMerged });
                return (tally, known.Strand);
            }
        }
        return null;
    }

    IssueTally OverflowOf(ProjectSnapshot project) =>
        overflows.TryGetValue(project.Id, out var overflow)
            ? overflow
            : overflows[project.Id] = Add(new(project, overflowing.GetValueOrDefault(project.Id), isOverflow: true));

    IssueTally Add(IssueTally tally)
    {
        tallies.Add(tally);
        return tally;
    }
}
