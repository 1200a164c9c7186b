using Tocsin.Server.Gateway.Bodies;

namespace Server.Tests.Gateway;

/// <summary>What a project may have of the memory for bodies: never all of it.</summary>
public sealed class BodyShareTests
{
    const long All = 800;
    const long Loud = 1;
    const long Quiet = 2;

    readonly BodyBudget budget = new(All);

    [Fact]
    public void Seven_eighths_are_the_most_that_a_project_gets_and_the_rest_is_for_others()
    {
        budget.Of(Loud).TryTake(700).ShouldBeTrue();
        budget.Of(Loud).TryTake(1).ShouldBeFalse();

        budget.Of(Quiet).TryTake(100).ShouldBeTrue();
        budget.Of(Quiet).TryTake(1).ShouldBeFalse("all is taken");
        budget.Held.ShouldBe(All);
    }

    [Fact]
    public void From_three_quarters_on_its_next_body_is_not_begun_and_what_it_gives_back_is_room_again()
    {
        budget.Of(Loud).TryTake(599).ShouldBeTrue();
        budget.Of(Loud).IsSpent.ShouldBeFalse();
        budget.Of(Loud).TryTake(1).ShouldBeTrue();
        budget.Of(Loud).IsSpent.ShouldBeTrue();
        budget.Of(Quiet).IsSpent.ShouldBeFalse();

        budget.Of(Loud).Give(1);

        budget.Of(Loud).IsSpent.ShouldBeFalse();
        budget.Held.ShouldBe(599);
    }

    [Fact]
    public void What_was_refused_is_nobody_s()
    {
        budget.Of(Quiet).TryTake(300).ShouldBeTrue();

        budget.Of(Loud).TryTake(501).ShouldBeFalse();

        budget.Of(Loud).TryTake(500).ShouldBeTrue();
        budget.Of(Loud).Give(500);
        budget.Of(Quiet).Give(300);
        budget.Held.ShouldBe(0);
    }
}
