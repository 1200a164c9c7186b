using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Pipeline;

/// <summary>How many items of an organisation ended how.</summary>
readonly record struct OutcomeCount(long OrganizationId, int Outcome, string Reason, string Category);

/// <summary>Outcomes of the last hour by minute, from the batches themselves: they stay readable when no store is. Thread-safe.</summary>
sealed class OutcomeCounter(TimeProvider time)
{
    const int Minutes = 60;

    /// <summary>Different counts of one minute. Clients choose reasons; those for which there is no room are counted as one.</summary>
    internal const int Most = 1_000;

    readonly Lock gate = new();
    readonly Queue<(long Minute, Dictionary<OutcomeCount, long> Sums)> minutes = new();

    public void Add(IEnumerable<OutcomeRow> rows)
    {
        lock (gate)
        {
            var now = Forget();
            if (minutes.Count == 0 || minutes.Last().Minute != now)
            {
                minutes.Enqueue((now, []));
            }
            var sums = minutes.Last().Sums;
            foreach (var row in rows)
            {
                var key = KeyIn(sums, new(row.OrganizationId, row.Outcome, row.Reason, row.Category));
                sums[key] = sums.GetValueOrDefault(key) + row.Quantity;
            }
        }
    }

    public IReadOnlyDictionary<OutcomeCount, long> LastHour()
    {
        lock (gate)
        {
            Forget();
            return minutes
                .SelectMany(minute => minute.Sums)
                .GroupBy(pair => pair.Key)
                .ToDictionary(sums => sums.Key, sums => sums.Sum(pair => pair.Value));
        }
    }

    /// <summary>Counts without a reason are few, and nobody's choice.</summary>
    static OutcomeCount KeyIn(Dictionary<OutcomeCount, long> sums, OutcomeCount count)
    {
        var hasRoom = count.Reason.Length == 0 || sums.Count < Most || sums.ContainsKey(count);
        return hasRoom ? count : count with { Reason = OutcomeReason.Other };
    }

    /// <summary>What a clock counted that was ahead would stay until it is there again, and all that came after it.</summary>
    long Forget()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        while (minutes.Count > 0 && (minutes.Peek().Minute <= now - Minutes || minutes.Peek().Minute > now))
        {
            minutes.Dequeue();
        }
        return now;
    }
}
