using Tocsin.Server.Retention;

namespace Server.Tests.Retention;

public sealed class SteadyClockTests
{
    static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_clock_that_is_years_ahead_for_some_hours_makes_no_day_old()
    {
        var time = new SetTime(Start);
        var clock = new SteadyClock(time);
        time.Set(Start.AddYears(12));

        clock.Read().ShouldBe(Start);
        clock.Ahead.ShouldBe(Start.AddYears(12) - Start);
        time.Pass(TimeSpan.FromHours(23));
        clock.Read().ShouldBe(Start.AddHours(23));

        time.Set(Start.AddHours(23));
        clock.Read().ShouldBe(Start.AddHours(23));
        clock.Ahead.ShouldBeNull();
    }

    [Fact]
    public void A_clock_that_stays_ahead_for_a_day_is_believed()
    {
        var time = new SetTime(Start);
        var clock = new SteadyClock(time);
        time.Set(Start.AddDays(40));
        clock.Read().ShouldBe(Start);

        time.Pass(TimeSpan.FromDays(1));

        clock.Read().ShouldBe(Start.AddDays(41));
        clock.Ahead.ShouldBeNull();
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(-1)]
    [InlineData(0.5)]
    public void A_clock_that_is_set_back_or_a_little_ahead_is_believed_at_once(double days)
    {
        var time = new SetTime(Start);
        var clock = new SteadyClock(time);
        time.Set(Start.AddDays(days));

        clock.Read().ShouldBe(Start.AddDays(days));
    }

    [Fact]
    public void Days_that_pass_between_two_readings_are_days()
    {
        var time = new SetTime(Start);
        var clock = new SteadyClock(time);
        time.Pass(TimeSpan.FromDays(90));

        clock.Read().ShouldBe(Start.AddDays(90));
    }

    /// <summary>A wall clock that may be set; the machine's time only passes.</summary>
    sealed class SetTime(DateTimeOffset wall) : TimeProvider
    {
        DateTimeOffset wall = wall;
        long timestamp;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => wall;

        public override long GetTimestamp() => timestamp;

        public void Set(DateTimeOffset moment) => wall = moment;

        public void Pass(TimeSpan by) => (wall, timestamp) = (wall + by, timestamp + by.Ticks);
    }
}
