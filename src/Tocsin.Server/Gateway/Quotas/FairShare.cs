namespace Tocsin.Server.Gateway.Quotas;

/// <summary>
/// Keeps one project's flood from becoming everybody's delay. The journal is digested in the order of its records, so a backlog delays all who
/// stand in it; while there is a large one, a project that sends much more than an equal share of what arrives is asked to come back. A very
/// large one is not made larger by anybody. Without a backlog nobody is refused, however much he sends. Thread-safe.
/// </summary>
sealed class FairShare(Journal.Journal journal, GatewayOptions options, TimeProvider time)
{
    /// <summary>Two projects of which one sends three quarters have a noisy one among them.</summary>
    const double Tolerance = 1.5;
    const double HalfLifeSeconds = 10;
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    readonly Lock gate = new();
    readonly Dictionary<long, double> taken = [];
    long asOf;
    long lookedAt;
    long backlog;

    /// <summary>Null: the project may send.</summary>
    public QuotaHit? Refuse(long projectId)
    {
        lock (gate)
        {
            var waiting = Backlog();
            return waiting < options.FairFrom ? null
                : waiting >= options.MostBacklog || IsNoisy(projectId) ? new("project", "", "backlog", Wait)
                : null;
        }
    }

    public void Took(long projectId, long bytes)
    {
        lock (gate)
        {
            Decay();
            taken[projectId] = taken.GetValueOrDefault(projectId) + bytes;
        }
    }

    bool IsNoisy(long projectId)
    {
        Decay();
        return taken.Count > 1 && taken.GetValueOrDefault(projectId) > Tolerance * taken.Values.Sum() / taken.Count;
    }

    /// <summary>What was taken is forgotten by halves; who sent nothing for a while does not count any more.</summary>
    void Decay()
    {
        var now = time.GetTimestamp();
        var elapsed = time.GetElapsedTime(asOf, now).TotalSeconds;
        if (asOf != 0 && elapsed < 1)
        {
            return;
        }
        asOf = now;
        var left = Math.Pow(0.5, elapsed / HalfLifeSeconds);
        foreach (var project in taken.Keys.ToList())
        {
            if ((taken[project] *= left) < 1)
            {
                taken.Remove(project);
            }
        }
    }

    long Backlog()
    {
        var now = time.GetTimestamp();
        if (lookedAt == 0 || time.GetElapsedTime(lookedAt, now) > Look)
        {
            lookedAt = now;
            var state = journal.State;
            // Until the worker has said for the first time how far it is, only the files tell.
            backlog = Math.Min(state.End - state.Released, state.BytesOnDisk);
        }
        return backlog;
    }
}
