using Tocsin.Server.Projects;

namespace Tocsin.Server.Gateway.Quotas;

/// <summary>
/// Holds up to Count tokens and refills them evenly over Window seconds, so that a burst passes and a stream is thinned out.
/// Thread-safe.
/// </summary>
sealed class TokenBucket(RateLimit limit, TimeProvider time)
{
    readonly Lock taking = new();
    readonly long start = time.GetTimestamp();
    double tokens = limit.Count;
    double asOf;

    public RateLimit Limit => limit;

    public bool TryTake()
    {
        lock (taking)
        {
            Refill();
            if (tokens < 1)
            {
                return false;
            }
            tokens--;
            return true;
        }
    }

    /// <summary>Takes back so many times a <see cref="TryTake"/>.</summary>
    public void Put(int count = 1)
    {
        lock (taking)
        {
            tokens = Math.Min(limit.Count, tokens + count);
        }
    }

    /// <summary>How long until there is a token; zero when there is one.</summary>
    public TimeSpan Wait()
    {
        lock (taking)
        {
            Refill();
            return tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - tokens) * limit.Window / limit.Count);
        }
    }

    void Refill()
    {
        var now = time.GetElapsedTime(start).TotalSeconds;
        // A token that is due counts, although the sum of many small steps may fall short of it by a rounding error.
        tokens = Math.Min(limit.Count, tokens + ((now - asOf) * limit.Count / limit.Window) + 1e-9);
        asOf = now;
    }
}
