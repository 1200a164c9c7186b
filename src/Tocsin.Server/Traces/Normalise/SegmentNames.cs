namespace Tocsin.Server.Traces.Normalise;

/// <summary>
/// The names that were made of segments' addresses. Spans that follow in later items (web vitals, when the page is left) know their segment by its
/// id and by the client's own word, <c>Pageload</c>, under which all pages would be one. The newest names are kept; without one the word stays.
/// Any number of threads ask; one remembers, and meanwhile nobody asks: what is found must not depend on who was quicker.
/// </summary>
sealed class SegmentNames
{
    /// <summary>Twice as many are kept at most.</summary>
    const int Generation = 20_000;

    Dictionary<(UInt128 Trace, long Segment), string> young = [];
    Dictionary<(UInt128 Trace, long Segment), string> old = [];

    public void Remember(UInt128 trace, long segment, string name)
    {
        if (young.Count >= Generation)
        {
            old = young;
            young = [];
        }
        young[(trace, segment)] = name;
    }

    public string? Find(UInt128 trace, long segment) =>
        young.TryGetValue((trace, segment), out var name) || old.TryGetValue((trace, segment), out name) ? name : null;
}
