namespace Journal.Tests.Failures;

/// <summary>Time that passes only when the test says so; timers fire on the caller's thread.</summary>
sealed class FakeClock : TimeProvider
{
    readonly List<Timer> timers = [];
    TimeSpan now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        timers.Add(timer);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        now += by;
        foreach (var timer in timers)
        {
            timer.FireWhenDue();
        }
    }

    sealed class Timer(FakeClock clock, Action fire) : ITimer
    {
        TimeSpan? due;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.now + dueTime;
            return true;
        }

        public void FireWhenDue()
        {
            if (due <= clock.now)
            {
                due = null;
                fire();
            }
        }

        public void Dispose() => due = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
