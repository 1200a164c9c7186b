using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Pipeline;

/// <summary>How many items of an organisation ended how.</summary>
readonly record struct OutcomeCount(long OrganizationId, int Outcome, string Reason, string Category);

/// <summary>Outcomes of the last hour by minute, from the batches themselves: they stay readable when no store is. Thread-safe.</summary>
sealed class OutcomeCounter(TimeProvider time)
{
    const int Minutes = 60;
    readonly Lock _gate = new();
    readonly Queue<(long Minute, Dictionary<OutcomeCount, long> Sums)> _minutes = new();

    public void Add(IEnumerable<OutcomeRow> rows)
    {
        lock (_gate)
        {
            var now = Forget();
            if (_minutes.Count == 0 || _minutes.Last().Minute != now)
            {
                _minutes.Enqueue((now, []));
            }
            var sums = _minutes.Last().Sums;
            foreach (var row in rows)
            {
                var key = new OutcomeCount(row.OrganizationId, row.Outcome, row.Reason, row.Category);
                sums[key] = sums.GetValueOrDefault(key) + row.Quantity;
            }
        }
    }

    public IReadOnlyDictionary<OutcomeCount, long> LastHour()
    {
        lock (_gate)
        {
            Forget();
            return _minutes
                .SelectMany(minute => minute.Sums)
                .GroupBy(pair => pair.Key)
                .ToDictionary(sums => sums.Key, sums => sums.Sum(pair => pair.Value));
        }
    }

    long Forget()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        while (_minutes.Count > 0 && _minutes.Peek().Minute <= now - Minutes)
        {
            _minutes.Dequeue();
        }
        return now;
    }
}
