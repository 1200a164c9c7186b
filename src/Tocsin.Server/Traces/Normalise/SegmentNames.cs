using System.Collections.Concurrent;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>
/// The names that were made of segments' addresses. Spans that follow in later items (web vitals, when the page is left) know their segment by its
/// id and by the client's own word, <c>Pageload</c>, under which all pages would be one. The newest names are kept; without one the word stays.
/// </summary>
sealed class SegmentNames
{
    /// <summary>Twice as many are kept at most.</summary>
    const int Generation = 20_000;

    ConcurrentDictionary<(UInt128 Trace, long Segment), string> _young = new();
    ConcurrentDictionary<(UInt128 Trace, long Segment), string> _old = new();
    int _count;

    public void Remember(UInt128 trace, long segment, string name)
    {
        if (Interlocked.Increment(ref _count) % Generation == 0)
        {
            _old = _young;
            _young = new();
        }
        _young[(trace, segment)] = name;
    }

    public string? Find(UInt128 trace, long segment) =>
        _young.TryGetValue((trace, segment), out var name) || _old.TryGetValue((trace, segment), out name) ? name : null;
}
