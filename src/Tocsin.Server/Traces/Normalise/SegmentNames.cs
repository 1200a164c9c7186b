namespace Tocsin.Server.Traces.Normalise;

/// <summary>
/// What segments said that spans of later items (web vitals, when the page is left) do not say again: the name that was made of its address, while
/// they know the segment by its id and by the client's own word, <c>Pageload</c>, under which all pages would be one; and the visitor's connection.
/// The newest are kept. Any number of threads ask; one remembers, and meanwhile nobody asks: what is found must not depend on who was quicker.
/// </summary>
sealed class SegmentNames
{
    /// <summary>In place of a segment, for spans that know their trace alone.</summary>
    public const long OfTrace = 0;

    /// <summary>Twice as many are kept at most.</summary>
    const int Generation = 20_000;

    Dictionary<(UInt128 Trace, long Segment), SegmentWords> young = [];
    Dictionary<(UInt128 Trace, long Segment), SegmentWords> old = [];

    public void Remember(UInt128 trace, long segment, SegmentWords words)
    {
        if (young.Count >= Generation)
        {
            old = young;
            young = [];
        }
        young[(trace, segment)] = words;
    }

    public SegmentWords? Find(UInt128 trace, long segment) =>
        young.TryGetValue((trace, segment), out var words) || old.TryGetValue((trace, segment), out words) ? words : null;
}
