using Tocsin.Server.Gateway.Bodies;

namespace Server.Tests.Gateway;

/// <summary>What a project may have of the memory for bodies: never all of it.</summary>
public sealed class BodyShareTests
{
    const long All = 800;
    const long Loud = 1;
    const long Quiet = 2;

    readonly BodyBudget _budget = new(All);

    [Fact]
    public void Seven_eighths_are_the_most_that_a_project_gets_and_the_rest_is_for_others()
    {
        _budget.Of(Loud).TryTake(700).ShouldBeTrue();
        _budget.Of(Loud).TryTake(1).ShouldBeFalse();

        _budget.Of(Quiet).TryTake(100).ShouldBeTrue();
        _budget.Of(Quiet).TryTake(1).ShouldBeFalse("all is taken");
        _budget.Held.ShouldBe(All);
    }

    [Fact]
    public void From_three_quarters_on_its_next_body_is_not_begun_and_what_it_gives_back_is_room_again()
    {
        _budget.Of(Loud).TryTake(599).ShouldBeTrue();
        _budget.Of(Loud).IsSpent.ShouldBeFalse();
        _budget.Of(Loud).TryTake(1).ShouldBeTrue();
        _budget.Of(Loud).IsSpent.ShouldBeTrue();
        _budget.Of(Quiet).IsSpent.ShouldBeFalse();

        _budget.Of(Loud).Give(1);

        _budget.Of(Loud).IsSpent.ShouldBeFalse();
        _budget.Held.ShouldBe(599);
    }

    [Fact]
    public void What_was_refused_is_nobody_s()
    {
        _budget.Of(Quiet).TryTake(300).ShouldBeTrue();

        _budget.Of(Loud).TryTake(501).ShouldBeFalse();

        _budget.Of(Loud).TryTake(500).ShouldBeTrue();
        _budget.Of(Loud).Give(500);
        _budget.Of(Quiet).Give(300);
        _budget.Held.ShouldBe(0);
    }
}
