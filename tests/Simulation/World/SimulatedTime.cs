namespace Simulation.World;

/// <summary>A clock that moves from timer to timer when it is told to. The time of day may jump; the time that timers measure does not.</summary>
sealed class SimulatedTime(DateTimeOffset start) : TimeProvider
{
    readonly List<Timer> timers = [];
    DateTimeOffset now = start;
    long timestamp;
    int created;

    /// <summary>The latest time of day that there ever was.</summary>
    public DateTimeOffset Latest { get; private set; } = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public bool HasTimers => timers.Exists(timer => timer.Due is not null);

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => timestamp;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>What an operator or a time server does to the clock.</summary>
    public void Jump(TimeSpan by) => Show(now + by);

    /// <summary>Hours in which nothing happens: whoever waited less than that goes on behind them.</summary>
    public void Sleep(TimeSpan by)
    {
        MoveTo(timestamp + by.Ticks);
        foreach (var timer in timers.Where(timer => timer.Due <= timestamp).OrderBy(timer => (timer.Due, timer.Number)).ToList())
        {
            timer.Fire();
        }
    }

    /// <summary>A little time passes; every now and then that fires nothing.</summary>
    public void Pass(TimeSpan by)
    {
        var end = timestamp + by.Ticks;
        while (Next() is { Due: { } due } timer && due <= end)
        {
            MoveTo(due);
            timer.Fire();
        }
        MoveTo(end);
    }

    /// <summary>Moves to the timer that is due next and fires it.</summary>
    public void PassToNext()
    {
        if (Next() is { Due: { } due } timer)
        {
            MoveTo(Math.Max(due, timestamp));
            timer.Fire();
        }
    }

    /// <summary>The process that waited for them is gone.</summary>
    public void Clear() => timers.Clear();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state, created++);
        timer.Change(dueTime, period);
        timers.Add(timer);
        return timer;
    }

    Timer? Next() => timers.Where(timer => timer.Due is not null).MinBy(timer => (timer.Due, timer.Number));

    void MoveTo(long moment)
    {
        Show(now + TimeSpan.FromTicks(moment - timestamp));
        timestamp = moment;
    }

    void Show(DateTimeOffset moment)
    {
        now = moment;
        Latest = now > Latest ? now : Latest;
    }

    sealed class Timer(SimulatedTime time, TimerCallback callback, object? state, int number) : ITimer
    {
        TimeSpan every;

        public long? Due { get; private set; }
        public int Number => number;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? null : time.timestamp + dueTime.Ticks;
            every = period;
            return true;
        }

        public void Fire()
        {
            Due = every > TimeSpan.Zero ? time.timestamp + every.Ticks : null;
            callback(state);
        }

        public void Dispose() => time.timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
