using Tocsin.Server.Payloads;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// A batch whose append failed is written again to a new segment, from the same position on but perhaps cut otherwise; what the failed append
/// left in the old one may be whole. Fed with records from the newest segment to the oldest it tells which of them newer segments hold, so that
/// none counts twice. Records of events are not its business: those know their place from the index.
/// </summary>
sealed class WrittenAgain
{
    readonly HashSet<long> _begun = [];
    readonly List<long> _here = [];
    int _segment;
    long _first = long.MaxValue;

    public bool Covers(PlacedRecord placed)
    {
        if (placed.Location.Segment != _segment)
        {
            _begun.UnionWith(_here);
            _first = Math.Min(_first, _here.DefaultIfEmpty(long.MaxValue).Min());
            _here.Clear();
            _segment = placed.Location.Segment;
        }
        if (placed.Record.Kind != PayloadKind.Batch)
        {
            return placed.Record.EventId.IsNil && placed.Record.Position >= _first;
        }
        if (_begun.Contains(placed.Record.Previous))
        {
            return true;
        }
        _here.Add(placed.Record.Previous);
        return false;
    }
}
