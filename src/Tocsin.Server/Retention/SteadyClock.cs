namespace Tocsin.Server.Retention;

/// <summary>
/// The time by which days are too old. What is dropped is gone, so a wall clock that goes further ahead than time has passed is believed when it has
/// stood there for a day: a time server that was wrong for an hour costs nothing. One that is set back is believed at once.
/// </summary>
sealed class SteadyClock(TimeProvider time)
{
    /// <summary>More than operators move a clock by, and less than any day is kept.</summary>
    static readonly TimeSpan Leap = TimeSpan.FromDays(1);

    static readonly TimeSpan Trial = TimeSpan.FromDays(1);

    DateTimeOffset believed = time.GetUtcNow();
    long at = time.GetTimestamp();
    long? leapt;

    /// <summary>How far the wall clock is ahead of what is believed, at the last reading; null: it is believed.</summary>
    public TimeSpan? Ahead { get; private set; }

    public DateTimeOffset Read()
    {
        var (wall, moment) = (time.GetUtcNow(), time.GetTimestamp());
        var steady = believed + time.GetElapsedTime(at, moment);
        leapt = wall - steady > Leap ? leapt ?? moment : null;
        if (leapt is { } since && time.GetElapsedTime(since, moment) < Trial)
        {
            Ahead = wall - steady;
            return steady;
        }
        (believed, at, leapt, Ahead) = (wall, moment, null, null);
        return wall;
    }
}
