namespace Tocsin.Server.Retention;

/// <summary>
/// The time by which days are too old. What is dropped is gone, so a wall clock that goes further ahead than time has passed is believed when it has
/// stood there for a day: a time server that was wrong for an hour costs nothing. One that is set back is believed at once.
/// </summary>
/// <param name="time">The wall clock, and the machine's.</param>
/// <param name="lastKnown">A moment that had come before the start, by which the clock at the start is judged; null: none is known.</param>
sealed class SteadyClock(TimeProvider time, DateTimeOffset? lastKnown = null)
{
    /// <summary>More than operators move a clock by, and less than any day is kept.</summary>
    static readonly TimeSpan Leap = TimeSpan.FromDays(1);

    static readonly TimeSpan Trial = TimeSpan.FromDays(1);

    /// <summary>More than a server is off, or nothing comes. One that was off for longer drops its days a day later.</summary>
    static readonly TimeSpan LongestPause = TimeSpan.FromDays(7);

    DateTimeOffset believed = BelievedAtFirst(time.GetUtcNow(), lastKnown);
    long at = time.GetTimestamp();
    long? leapt;

    /// <summary>How far the wall clock is ahead of what is believed, at the last reading; null: it is believed.</summary>
    public TimeSpan? Ahead { get; private set; }

    static DateTimeOffset BelievedAtFirst(DateTimeOffset wall, DateTimeOffset? lastKnown) =>
        lastKnown is { } known && wall - known > LongestPause ? known : wall;

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
