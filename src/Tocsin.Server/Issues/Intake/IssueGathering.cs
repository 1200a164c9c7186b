using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Issues.Intake;

/// <summary>A hash within its project.</summary>
readonly record struct IssueHash(long ProjectId, string Hash);

/// <summary>The batch's events by issue. Within one batch an event may join an issue that an earlier one of the same batch creates.</summary>
sealed class IssueGathering
{
    readonly Dictionary<IssueHash, IssueTally> _byHash = [];
    readonly List<IssueTally> _tallies = [];
    readonly List<(IssueHash Hash, IssueTally Owner)> _unclaimed = [];

    public IReadOnlyList<IssueTally> Tallies => _tallies;
    public IEnumerable<IssueTally> New => _tallies.Where(tally => tally.Before is null);

    /// <summary>Hashes that nobody owned before this batch.</summary>
    public IReadOnlyList<(IssueHash Hash, IssueTally Owner)> Unclaimed => _unclaimed;

    public static IssueGathering Of(IReadOnlyList<PreparedItem> items, IReadOnlyDictionary<IssueHash, Issue> known)
    {
        var gathering = new IssueGathering();
        var byId = new Dictionary<long, IssueTally>();
        foreach (var item in items)
        {
            gathering.Gather(item, known, byId);
        }
        return gathering;
    }

    void Gather(PreparedItem item, IReadOnlyDictionary<IssueHash, Issue> known, Dictionary<long, IssueTally> byId)
    {
        var project = item.Context.Project;
        var hashes = item.Sighting!.Hashes;
        IssueTally? tally = null;
        foreach (var hash in hashes)
        {
            var key = new IssueHash(project.Id, hash);
            if (_byHash.TryGetValue(key, out tally))
            {
                break;
            }
            if (known.TryGetValue(key, out var issue))
            {
                if (!byId.TryGetValue(issue.Id, out tally))
                {
                    tally = Add(new(project, issue));
                    byId.Add(issue.Id, tally);
                }
                break;
            }
        }
        tally ??= Add(new(project, null));
        tally.Items.Add(item);
        foreach (var hash in hashes)
        {
            var key = new IssueHash(project.Id, hash);
            if (!known.ContainsKey(key) && _byHash.TryAdd(key, tally))
            {
                _unclaimed.Add((key, tally));
            }
        }
    }

    IssueTally Add(IssueTally tally)
    {
        _tallies.Add(tally);
        return tally;
    }
}
