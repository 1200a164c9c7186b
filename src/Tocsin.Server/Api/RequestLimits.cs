using System.Collections.Concurrent;
using System.Globalization;

namespace Tocsin.Server.Api;

/// <summary>
/// How often one caller may ask: a fixed window of a second and a number of requests at the same time, told on every answer
/// in Sentry's headers, so that clients slow down before they are refused. High enough that only a runaway script meets it.
/// </summary>
sealed class RequestLimits(TimeProvider time)
{
    public const int PerWindow = 1000;
    public const int Concurrent = 100;

    /// <summary>How the names of all its headers begin.</summary>
    public const string Headers = "X-Sentry-Rate-Limit-";
    static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    // A caller that has been quiet is forgotten; until then a few bytes each.
    const int Remembered = 10_000;
    readonly ConcurrentDictionary<string, Caller> callers = new();

    /// <summary>Null: refused. Dispose what comes back when the request is over.</summary>
    public IDisposable? Enter(string caller, HttpResponse response)
    {
        if (callers.Count > Remembered)
        {
            Forget();
        }
        var state = callers.GetOrAdd(caller, _ => new());
        lock (state)
        {
            var now = time.GetUtcNow();
            if (now >= state.Reset)
            {
                state.Reset = now + Window;
                state.Used = 0;
            }
            var admitted = state.Used < PerWindow && state.Running < Concurrent;
            if (admitted)
            {
                state.Used++;
                state.Running++;
            }
            Tell(response, state);
            return admitted ? new Leave(state) : null;
        }
    }

    static void Tell(HttpResponse response, Caller state)
    {
        void Set(string name, long value) => response.Headers[Headers + name] = value.ToString(CultureInfo.InvariantCulture);
        Set("Limit", PerWindow);
        Set("Remaining", PerWindow - state.Used);
        Set("Reset", state.Reset.ToUnixTimeSeconds() + 1);
        Set("ConcurrentLimit", Concurrent);
        Set("ConcurrentRemaining", Concurrent - state.Running);
    }

    void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (name, state) in callers)
        {
            if (state.Running == 0 && now >= state.Reset)
            {
                callers.TryRemove(name, out _);
            }
        }
    }

    sealed class Caller
    {
        public DateTimeOffset Reset { get; set; }
        public int Used { get; set; }
        public int Running { get; set; }
    }

    sealed class Leave(Caller state) : IDisposable
    {
        public void Dispose()
        {
            lock (state)
            {
                state.Running--;
            }
        }
    }
}
