namespace Tocsin.Server.Gateway;

/// <summary>
/// Whether sending makes sense: the journal takes records, and what is in it moves on. A worker that stands still for a while is
/// not ready although every request is still answered; nothing is lost, but nothing becomes visible either.
/// </summary>
sealed class Readiness(Journal.Journal journal, TimeProvider time)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Lock looking = new();
    long released = -1;
    long releasedAt = time.GetTimestamp();

    public bool IsReady()
    {
        var state = journal.State;
        lock (looking)
        {
            if (state.Released != released || state.Released >= state.End)
            {
                (released, releasedAt) = (state.Released, time.GetTimestamp());
            }
            return state.Refusing is null && time.GetElapsedTime(releasedAt) < Patience;
        }
    }
}
