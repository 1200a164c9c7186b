using Tocsin.Server.Payloads;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// A batch whose append failed is written again to a new segment, cut as the journal then stands; what the failed append left in the old one
/// may be whole. Fed with records from the newest segment to the oldest it tells which batches newer segments hold, so that none counts twice.
/// </summary>
sealed class WrittenAgain
{
    int _segment;
    long _here = long.MaxValue;
    long _newer = long.MaxValue;

    public bool Covers(PlacedRecord placed)
    {
        if (placed.Location.Segment != _segment)
        {
            _newer = Math.Min(_newer, _here);
            (_segment, _here) = (placed.Location.Segment, long.MaxValue);
        }
        if (placed.Record.Kind != PayloadKind.Batch)
        {
            return placed.Record.Position >= _newer;
        }
        if (placed.Record.Position > _newer)
        {
            return true;
        }
        _here = Math.Min(_here, placed.Record.Previous ?? long.MaxValue);
        return false;
    }
}
