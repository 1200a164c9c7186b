using Tocsin.Protocol;
using Tocsin.Server.Gateway;
using Tocsin.Server.Gateway.Bodies;

namespace Server.Tests.Gateway;

public sealed class WholeReaderTests
{
    const long Project = 1;

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(1 << 20)]
    public void A_body_that_comes_in_pieces_is_gathered_whatever_was_expected(int expected)
    {
        var random = new Random(5);
        var body = new byte[300_000];
        random.NextBytes(body);
        using var reader = new Gathering(expected);

        for (var at = 0; at < body.Length; )
        {
            var piece = body.AsSpan(at, Math.Min(random.Next(1, 20_000), body.Length - at));
            reader.Take(piece).ShouldBeNull();
            at += piece.Length;
        }

        reader.Body.Span.SequenceEqual(body).ShouldBeTrue();
    }

    [Fact]
    public void What_is_gathered_is_its_project_s_share_until_it_goes()
    {
        var budget = new BodyBudget(1 << 20);
        using (var reader = new Gathering(expected: 0, budget.Of(Project)))
        {
            reader.Take(new byte[1_000]).ShouldBeNull();
            reader.Take(new byte[50_000]).ShouldBeNull();
            budget.Held.ShouldBeGreaterThanOrEqualTo(51_000);
        }

        budget.Held.ShouldBe(0);
    }

    [Fact]
    public void A_body_that_the_share_does_not_bear_is_sent_back_and_leaves_nothing_held()
    {
        var budget = new BodyBudget(100_000);
        using (var reader = new Gathering(expected: 0, budget.Of(Project)))
        {
            reader.Take(new byte[30_000]).ShouldBeNull();

            reader.Take(new byte[40_000]).ShouldBe(Refusals.Busy);

            reader.Body.Length.ShouldBe(30_000);
        }

        budget.Held.ShouldBe(0);
    }

    sealed class Gathering(int expected, BodyShare? memory = null) : WholeReader(expected, memory)
    {
        public override Refusal? Complete() => null;
    }
}
