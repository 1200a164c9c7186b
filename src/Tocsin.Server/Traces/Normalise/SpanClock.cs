using Tocsin.Server.Metadata;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>
/// By how much the times of an item are moved, so that a client's wrong clock does not put its spans into another day. As errors are: a clock that
/// is off by an hour is corrected by what it says about the moment of sending, a time out of any reason ends at the receipt. All spans
/// of an item move together, their order and lengths stay. Why old ones are not refused: docs/adr/0020-old-transactions.md.
/// </summary>
static class SpanClock
{
    static readonly long Drift = Microseconds.From(TimeSpan.FromMinutes(55));
    static readonly long Past = Microseconds.From(TimeSpan.FromDays(30));
    static readonly long Future = Microseconds.From(TimeSpan.FromSeconds(60));

    /// <summary>Microseconds to add.</summary>
    /// <param name="latest">The last end of the item's spans.</param>
    public static long Shift(long received, long? sent, long latest)
    {
        var shift = sent is { } stated && Math.Abs(received - stated) >= Drift ? received - stated : 0;
        var moved = latest + shift;
        return moved > received + Future || moved < received - Past ? received - latest : shift;
    }
}
