using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Tocsin.Server.Issues;

namespace Tocsin.Server.Pipeline;

/// <summary>News of an organisation for open pages. Kind names the server-sent event.</summary>
abstract record LiveUpdate
{
    LiveUpdate() { }

    public sealed record OfIssue(IssueChange Change) : LiveUpdate;

    public sealed record FirstEvent(long ProjectId) : LiveUpdate;
}

/// <summary>
/// Hands what the worker committed to who listens, in this process. A listener that does not keep up misses the oldest news: pages read the
/// state anew anyway.
/// </summary>
sealed class LiveUpdates
{
    const int Backlog = 256;
    readonly ConcurrentDictionary<Channel<LiveUpdate>, long> listeners = [];

    public void Publish(Batch batch)
    {
        if (listeners.IsEmpty)
        {
            return;
        }
        foreach (var change in batch.Changes)
        {
            Publish(change.OrganizationId, new LiveUpdate.OfIssue(change));
        }
        foreach (var project in batch.Firsts.Events)
        {
            Publish(project.OrganizationId, new LiveUpdate.FirstEvent(project.Id));
        }
    }

    /// <summary>Everything from now on, until the caller stops.</summary>
    public async IAsyncEnumerable<LiveUpdate> ListenAsync(
        long organizationId,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var channel = Channel.CreateBounded<LiveUpdate>(
            new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }
        );
        listeners[channel] = organizationId;
        try
        {
            await foreach (var update in channel.Reader.ReadAllAsync(cancellation))
            {
                yield return update;
            }
        }
        finally
        {
            listeners.TryRemove(channel, out _);
        }
    }

    void Publish(long organizationId, LiveUpdate update)
    {
        foreach (var (channel, organization) in listeners)
        {
            if (organization == organizationId)
            {
                channel.Writer.TryWrite(update);
            }
        }
    }
}
