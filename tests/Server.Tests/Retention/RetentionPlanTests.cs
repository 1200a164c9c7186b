using Tocsin.Server.Retention;
using Tocsin.Telemetry;

namespace Server.Tests.Retention;

public sealed class RetentionPlanTests
{
    const RowKinds Errors = RowKinds.Events | RowKinds.Outcomes;
    static readonly DateOnly Today = new(2026, 11, 20);
    static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    static readonly RetentionOptions Options = new() { Errors = 90, Spans = 30 };

    static KeptDay Day(int age, RowKinds kinds = RowKinds.All, bool closed = true) =>
        new(Today.AddDays(-age), kinds, 1_000) { IsClosed = closed, IsPacked = true };

    static IReadOnlyList<RetentionStep> Plan(RetentionOptions? options, params KeptDay[] days) =>
        [.. RetentionPlan.Steps(days, Noon, days.Sum(day => day.Bytes), options ?? Options)];

    static RetentionStep.Drop Drop(int age, RowKinds kinds, string reason) => new(Today.AddDays(-age), kinds, reason, 1_000);

    [Fact]
    public void A_day_is_kept_as_long_as_the_settings_say_and_no_longer() =>
        Plan(null, Day(91), Day(90, Errors), Day(1, Errors), Day(0)).ShouldBe([Drop(91, RowKinds.All, DropReason.Age)]);

    [Fact]
    public void Spans_leave_before_the_errors_of_their_day() =>
        Plan(null, Day(31), Day(30), Day(0)).ShouldBe([Drop(31, RowKinds.Spans, DropReason.Age)]);

    [Fact]
    public void Errors_leave_before_the_spans_when_the_settings_say_so() =>
        Plan(Options with { Errors = 5 }, Day(31, RowKinds.All), Day(6), Day(0))
            .ShouldBe([Drop(31, RowKinds.All, DropReason.Age), Drop(6, RowKinds.Events, DropReason.Age)]);

    [Fact]
    public void What_has_left_does_not_leave_again() => Plan(null, Day(40, Errors), Day(0)).ShouldBeEmpty();

    [Fact]
    public void For_ever_is_for_ever() => Plan(new() { Errors = null, Spans = null }, Day(3_000), Day(0)).ShouldBeEmpty();

    [Fact]
    public void Beyond_the_budget_the_oldest_spans_go_first() =>
        Plan(Options with { DiskBudget = 2_500 }, Day(3, Errors), Day(2), Day(1), Day(0))
            .ShouldBe([Drop(2, RowKinds.Spans, DropReason.Budget)]);

    [Fact]
    public void Without_spans_the_oldest_day_goes() =>
        Plan(Options with { DiskBudget = 2_500 }, Day(3, Errors), Day(2, Errors), Day(0))
            .ShouldBe([Drop(3, RowKinds.All, DropReason.Budget)]);

    [Fact]
    public void Beyond_the_budget_the_next_day_goes_where_the_oldest_does_not()
    {
        var budget = Options with { DiskBudget = 2_500 };

        Plan(budget, Day(3) with { Stuck = RowKinds.Spans }, Day(2), Day(0))
            .ShouldBe([Drop(2, RowKinds.Spans, DropReason.Budget)]);
        Plan(budget, Day(3, Errors) with { Stuck = RowKinds.All }, Day(2, Errors), Day(0))
            .ShouldBe([Drop(2, RowKinds.All, DropReason.Budget)]);
        Plan(budget, Day(3, Errors) with { Stuck = RowKinds.Events }, Day(2, Errors), Day(0))
            .ShouldBe([Drop(3, RowKinds.All, DropReason.Budget)], "a whole day may go where a part does not");
    }

    [Fact]
    public void The_day_that_is_being_written_to_stays_whatever_happens() =>
        Plan(Options with { DiskBudget = 1 }, Day(200, closed: false) with { IsLatest = true }).ShouldBeEmpty();

    [Fact]
    public void A_closed_day_is_packed() =>
        Plan(null, Day(2) with { IsPacked = false }, Day(0)).ShouldBe([new RetentionStep.Pack(Today.AddDays(-2))]);

    [Fact]
    public void A_damaged_day_is_made_again_before_parts_of_it_go() =>
        Plan(null, Day(120) with { IsDamaged = true }, Day(40, closed: false) with { IsDamaged = true }, Day(0))
            .ShouldBe([Drop(120, RowKinds.All, DropReason.Age)]);

    [Fact]
    public void A_day_is_closed_when_it_is_over_for_a_while()
    {
        KeptDay[] days = [Day(2, closed: false), Day(1, closed: false), Day(0, closed: false)];

        At(0).ShouldBe([new RetentionStep.Close(Today.AddDays(-2))]);
        At(31).ShouldBe([new RetentionStep.Close(Today.AddDays(-2)), new RetentionStep.Close(Today.AddDays(-1))]);

        List<RetentionStep> At(int minutes) =>
            [.. RetentionPlan.Steps(days, new(2026, 11, 20, 0, minutes, 0, TimeSpan.Zero), 0, Options)];
    }
}
