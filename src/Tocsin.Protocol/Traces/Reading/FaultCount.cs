namespace Tocsin.Protocol.Traces.Reading;

/// <summary>Spans that are none, together by their fault, in the order of the first of each.</summary>
sealed class FaultCount
{
    readonly OrderedDictionary<string, long> counts = new(StringComparer.Ordinal);

    public void Add(string fault)
    {
        counts.TryAdd(fault, 0);
        counts[fault]++;
    }

    public IReadOnlyList<RefusedSpans> ToList() =>
        counts.Count == 0 ? [] : [.. counts.Select(fault => new RefusedSpans(Refusal.InvalidSpan(fault.Key), fault.Value))];
}
