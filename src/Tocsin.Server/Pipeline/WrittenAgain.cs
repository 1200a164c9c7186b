using Tocsin.Server.Payloads;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// A batch whose append failed is written again to a new segment, from the same position on but perhaps cut otherwise; what the failed append
/// left in the old one may be whole. Fed with records from the newest segment to the oldest it tells which of them newer segments hold, so that
/// none counts twice. Records of events are not its business: those know their place from the index.
/// </summary>
sealed class WrittenAgain
{
    readonly HashSet<long> begun = [];
    readonly List<long> here = [];
    int segment;
    long first = long.MaxValue;

    public bool Covers(PlacedRecord placed)
    {
        if (placed.Location.Segment != segment)
        {
            begun.UnionWith(here);
            first = Math.Min(first, here.DefaultIfEmpty(long.MaxValue).Min());
            here.Clear();
            segment = placed.Location.Segment;
        }
        if (placed.Record.Kind != PayloadKind.Batch)
        {
            return placed.Record.EventId.IsNil && placed.Record.Position >= first;
        }
        if (begun.Contains(placed.Record.Previous))
        {
            return true;
        }
        here.Add(placed.Record.Previous);
        return false;
    }
}
