using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Normalise;

namespace Server.Tests.Errors.Normalise;

public class ClockTests
{
    static readonly DateTimeOffset Now = SomeErrors.Now;

    [Fact]
    public void A_clock_that_is_an_hour_off_moves_all_times()
    {
        var sent = Now - TimeSpan.FromHours(1);
        var e = At(sent - TimeSpan.FromSeconds(5), sent, crumb: sent - TimeSpan.FromSeconds(9));
        e.Timestamp.ShouldBe(Now - TimeSpan.FromSeconds(5));
        e.Breadcrumbs[0].Timestamp.ShouldBe(Now - TimeSpan.FromSeconds(9));
        e.Notes.ShouldContain(note =>
            note.Path == "timestamp" && note.Kind == "clock_drift" && note.Reason!.Contains("sdk_time")
        );
    }

    [Theory]
    [InlineData(54, false)]
    [InlineData(55, true)]
    [InlineData(-55, true)]
    public void Less_than_55_minutes_is_the_network(int minutes, bool moved)
    {
        var sent = Now - TimeSpan.FromMinutes(minutes);
        At(sent, sent).Notes.Any(note => note.Kind == "clock_drift").ShouldBe(moved);
    }

    [Fact]
    public void An_event_that_waited_for_the_network_keeps_its_time()
    {
        var yesterday = Now - TimeSpan.FromDays(1);
        var e = At(yesterday, Now);
        e.Timestamp.ShouldBe(yesterday);
        e.Notes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-31, "past_timestamp")]
    [InlineData(1, "future_timestamp")]
    public void A_time_out_of_reason_becomes_the_time_of_receipt(int days, string kind)
    {
        var e = At(Now + TimeSpan.FromDays(days), null);
        e.Timestamp.ShouldBe(Now);
        e.Notes.ShouldContain(note => note.Path == "timestamp" && note.Kind == kind);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public void A_minute_into_the_future_is_allowed(int seconds, bool stays) =>
        (At(Now + TimeSpan.FromSeconds(seconds), null).Timestamp == Now).ShouldBe(!stays);

    [Fact]
    public void The_ends_of_the_calendar_break_nothing() =>
        At(DateTimeOffset.MaxValue, DateTimeOffset.MinValue, crumb: DateTimeOffset.MinValue).Timestamp.ShouldBe(Now);

    static ErrorEvent At(DateTimeOffset time, DateTimeOffset? sent, DateTimeOffset? crumb = null) =>
        Normaliser.Normalise(
            new() { Timestamp = time, Breadcrumbs = [new() { Timestamp = crumb ?? time }] },
            SomeErrors.Around with
            {
                SentAt = sent,
            }
        );
}
