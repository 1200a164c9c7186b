using System.Collections.Concurrent;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Gateway.Quotas;

/// <summary>
/// The buckets of all keys and projects. They live in memory: a restart fills them, which costs a burst and no disk. An error
/// needs a token of its key and one of its project; a changed limit begins with a full bucket.
/// </summary>
sealed class QuotaBook(GatewayOptions options, TimeProvider time)
{
    /// <summary>What a limit on errors covers, as clients know it.</summary>
    const string ErrorCategories = "default;error;security";

    readonly ConcurrentDictionary<(Subject Subject, long Id), TokenBucket> buckets = new();

    /// <summary>Null: one more error is admitted and counted.</summary>
    public QuotaHit? TryTakeError(KeyedProject sender)
    {
        var key = KeyBucket(sender.Key);
        if (key is not null && !key.TryTake())
        {
            return KeyHit(key);
        }
        var project = ProjectBucket(sender.Project);
        if (project is not null && !project.TryTake())
        {
            key?.Put();
            return ProjectHit(project);
        }
        return null;
    }

    /// <summary>Takes back so many admitted errors: they could not be kept.</summary>
    public void GiveErrors(KeyedProject sender, int count)
    {
        KeyBucket(sender.Key)?.Put(count);
        ProjectBucket(sender.Project)?.Put(count);
    }

    public bool LimitsErrors(KeyedProject sender) =>
        KeyBucket(sender.Key) is not null || ProjectBucket(sender.Project) is not null;

    /// <summary>The limits on errors that are used up now; nothing is counted.</summary>
    public QuotaHit? Error(KeyedProject sender) =>
        KeyBucket(sender.Key) is { } key && key.Wait() > TimeSpan.Zero ? KeyHit(key)
        : ProjectBucket(sender.Project) is { } project && project.Wait() > TimeSpan.Zero ? ProjectHit(project)
        : null;

    /// <summary>Null: one more request of any kind is admitted and counted.</summary>
    public QuotaHit? TryTakeRequest(KeyedProject sender) =>
        Bucket(Subject.KeyRequests, sender.Key.Id, options.KeyRequests) is { } bucket && !bucket.TryTake()
            ? new("key", "", "key_requests", bucket.Wait())
            : null;

    static QuotaHit KeyHit(TokenBucket bucket) => new("key", ErrorCategories, "key_quota", bucket.Wait());

    static QuotaHit ProjectHit(TokenBucket bucket) => new("project", ErrorCategories, "project_quota", bucket.Wait());

    TokenBucket? KeyBucket(KeySnapshot key) => Bucket(Subject.Key, key.Id, key.Limit ?? options.KeyQuota);

    TokenBucket? ProjectBucket(ProjectSnapshot project) =>
        Bucket(Subject.Project, project.Id, project.Options.Quota ?? options.ProjectQuota);

    /// <summary>As in Sentry, a limit of zero events or zero seconds is none.</summary>
    TokenBucket? Bucket(Subject subject, long id, RateLimit? limit)
    {
        if (limit is not { Count: > 0, Window: > 0 })
        {
            return null;
        }
        var known = buckets.GetOrAdd((subject, id), static (_, state) => new(state.limit, state.time), (limit, time));
        return known.Limit == limit
            ? known
            : buckets.AddOrUpdate(
                (subject, id),
                static (_, state) => new(state.limit, state.time),
                static (_, old, state) => old.Limit == state.limit ? old : new(state.limit, state.time),
                (limit, time)
            );
    }

    enum Subject
    {
        Key,
        Project,
        KeyRequests,
    }
}
