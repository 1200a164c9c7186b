using Server.Tests.Hosting;
using Tocsin.Protocol;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Pipeline;

public sealed class OutcomeCounterTests
{
    readonly FakeTime time = new();
    readonly OutcomeCounter counter;

    public OutcomeCounterTests() => counter = new(time);

    [Fact]
    public void Reasons_for_which_a_minute_has_no_room_are_counted_as_one()
    {
        counter.Add(Enumerable.Range(0, OutcomeCounter.Most + 500).Select(number => Discarded($"reason {number}")));
        counter.Add([Discarded("reason 0"), Discarded("and another"), Accepted()]);

        var counts = counter.LastHour();

        counts.Count.ShouldBe(OutcomeCounter.Most + 2);
        counts[Count(OutcomeKind.ClientDiscard, "reason 0")].ShouldBe(4);
        counts[Count(OutcomeKind.ClientDiscard, "other")].ShouldBe(2 * 501);
        counts[Count(OutcomeKind.Accepted, "")].ShouldBe(2);
        counts.Values.Sum().ShouldBe(2 * (OutcomeCounter.Most + 503));
    }

    [Fact]
    public void The_next_minute_has_room_again()
    {
        counter.Add(Enumerable.Range(0, OutcomeCounter.Most).Select(number => Discarded($"reason {number}")));
        time.Advance(TimeSpan.FromMinutes(1));

        counter.Add([Discarded("another")]);

        counter.LastHour()[Count(OutcomeKind.ClientDiscard, "another")].ShouldBe(2);
    }

    [Fact]
    public void Counts_are_forgotten_after_an_hour()
    {
        counter.Add([Accepted()]);
        time.Advance(TimeSpan.FromMinutes(59));
        counter.LastHour().Count.ShouldBe(1);

        time.Advance(TimeSpan.FromMinutes(1));

        counter.LastHour().ShouldBeEmpty();
    }

    [Fact]
    public void A_clock_that_was_far_ahead_for_a_moment_makes_no_count_stay()
    {
        time.Advance(TimeSpan.FromDays(400));
        counter.Add([Accepted()]);
        time.Advance(TimeSpan.FromDays(-400));
        counter.Add([Accepted()]);

        time.Advance(TimeSpan.FromHours(2));

        counter.LastHour().ShouldBeEmpty();
    }

    static OutcomeCount Count(OutcomeKind kind, string reason) => new(1, (int)kind, reason, DataCategory.Error);

    static OutcomeRow Discarded(string reason) => Row(OutcomeKind.ClientDiscard, reason);

    static OutcomeRow Accepted() => Row(OutcomeKind.Accepted, "");

    static OutcomeRow Row(OutcomeKind kind, string reason) =>
        new()
        {
            OrganizationId = 1,
            ProjectId = 1,
            Timestamp = 1,
            Outcome = (int)kind,
            Reason = reason,
            Category = DataCategory.Error,
            Quantity = 2,
        };
}
