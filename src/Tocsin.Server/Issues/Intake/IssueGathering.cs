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
    readonly IReadOnlyDictionary<IssueHash, Issue> _known;
    readonly NewIssueRoom _room;
    readonly IReadOnlyDictionary<long, Issue> _overflowing;
    readonly Dictionary<long, IssueTally> _byId = [];
    readonly Dictionary<long, IssueTally> _overflows = [];
    readonly Dictionary<IssueHash, IssueTally> _byHash = [];
    readonly List<IssueTally> _tallies = [];
    readonly List<(IssueHash Hash, IssueTally Owner)> _unclaimed = [];

    IssueGathering(IReadOnlyDictionary<IssueHash, Issue> known, NewIssueRoom room, IReadOnlyDictionary<long, Issue> overflowing)
    {
        _known = known;
        _room = room;
        _overflowing = overflowing;
    }

    public IReadOnlyList<IssueTally> Tallies => _tallies;
    public IEnumerable<IssueTally> New => _tallies.Where(tally => tally.Before is null);

    /// <summary>Hashes that nobody owned before this batch.</summary>
    public IReadOnlyList<(IssueHash Hash, IssueTally Owner)> Unclaimed => _unclaimed;

    /// <param name="items">In journal order.</param>
    /// <param name="known">The issues of the hashes that have one.</param>
    /// <param name="room">For new issues.</param>
    /// <param name="overflowing">The overflow issues that exist, by project; of the projects whose room may end.</param>
    public static IssueGathering Of(
        IReadOnlyList<PreparedItem> items,
        IReadOnlyDictionary<IssueHash, Issue> known,
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
        var tally = OfHashes(item) ?? (_room.TryTake(item) ? Add(new(project, null)) : OverflowOf(project));
        tally.Items.Add(item);
        if (tally.IsOverflow)
        {
            return;
        }
        foreach (var hash in item.Sighting!.Hashes)
        {
            var key = new IssueHash(project.Id, hash);
            if (!_known.ContainsKey(key) && _byHash.TryAdd(key, tally))
            {
                _unclaimed.Add((key, tally));
            }
        }
    }

    IssueTally? OfHashes(PreparedItem item)
    {
        var project = item.Context.Project;
        foreach (var hash in item.Sighting!.Hashes)
        {
            var key = new IssueHash(project.Id, hash);
            if (_byHash.TryGetValue(key, out var begun))
            {
                return begun;
            }
            if (_known.TryGetValue(key, out var issue))
            {
                return _byId.TryGetValue(issue.Id, out var known) ? known : _byId[issue.Id] = Add(new(project, issue));
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
