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
    readonly IReadOnlyDictionary<IssueHash, KnownIssue> _known;
    readonly NewIssueRoom _room;
    readonly IReadOnlyDictionary<long, Issue> _overflowing;
    readonly Dictionary<long, IssueTally> _byId = [];
    readonly Dictionary<long, IssueTally> _overflows = [];
    readonly Dictionary<IssueHash, (IssueTally Tally, long Strand)> _byHash = [];
    readonly List<IssueTally> _tallies = [];
    readonly List<UnclaimedHash> _unclaimed = [];

    IssueGathering(
        IReadOnlyDictionary<IssueHash, KnownIssue> known,
        NewIssueRoom room,
        IReadOnlyDictionary<long, Issue> overflowing
    )
    {
        _known = known;
        _room = room;
        _overflowing = overflowing;
    }

    public IReadOnlyList<IssueTally> Tallies => _tallies;
    public IEnumerable<IssueTally> New => _tallies.Where(tally => tally.Before is null);

    public IReadOnlyList<UnclaimedHash> Unclaimed => _unclaimed;

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
        var (tally, strand) = OfHashes(item) ?? (_room.TryTake(item) ? (Add(new(project, null)), 0L) : (OverflowOf(project), 0L));
        tally.Items.Add(item);
        item.IssueId = strand == 0 ? tally.Id : strand;
        if (tally.IsOverflow)
        {
            return;
        }
        for (var place = 0; place < item.Sighting!.Hashes.Count; place++)
        {
            var key = new IssueHash(project.Id, item.Sighting.Hashes[place]);
            if (!_known.ContainsKey(key) && _byHash.TryAdd(key, (tally, strand)))
            {
                _unclaimed.Add(new(key, item, place));
            }
        }
    }

    (IssueTally Tally, long Strand)? OfHashes(PreparedItem item)
    {
        var project = item.Context.Project;
        foreach (var hash in item.Sighting!.Hashes)
        {
            var key = new IssueHash(project.Id, hash);
            if (_byHash.TryGetValue(key, out var begun))
            {
                return begun;
            }
            if (_known.TryGetValue(key, out var known))
            {
                var id = known.Issue.Id;
                var tally = _byId.TryGetValue(id, out var met)
                    ? met
                    : _byId[id] = Add(new(project, known.Issue) { IsMerged = known.IsMerged });
                return (tally, known.Strand);
            }
        }
        return null;
    }

    IssueTally OverflowOf(ProjectSnapshot project) =>
        _overflows.TryGetValue(project.Id, out var overflow)
            ? overflow
            : _overflows[project.Id] = Add(new(project, _overflowing.GetValueOrDefault(project.Id), isOverflow: true));

    IssueTally Add(IssueTally tally)
    {
        _tallies.Add(tally);
        return tally;
    }
}
