using Microsoft.Extensions.DependencyInjection;
using Tocsin.Journal;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Gateway.Quotas;

namespace Server.Tests.Overload;

/// <summary>What holds when one project floods, and that it is found out when what makes it hold is taken away.</summary>
public sealed class FloodTests
{
    [Fact]
    public async Task A_flood_costs_another_project_nothing_stays_within_its_memory_and_every_refusal_is_counted() =>
        (await Flood.FaultsAsync()).ShouldBeEmpty();

    [Fact]
    public async Task Control_a_gateway_without_turns_is_found_out() =>
        (await Flood.FaultsAsync(services => services.AddSingleton(new Turns(int.MaxValue)))).ShouldBe([
            "the other project waited behind 5 events of the flood",
        ]);

    [Fact]
    public async Task Control_bodies_without_a_bound_are_found_out()
    {
        var faults = await Flood.FaultsAsync(services => services.AddSingleton(new BodyBudget(1L << 40)));

        faults.Count.ShouldBe(2);
        faults[0].ShouldStartWith("bodies hold ");
        faults[1].ShouldBe("who fills the memory with bodies was let in");
    }

    [Fact]
    public async Task Control_a_backlog_that_nobody_is_asked_to_come_back_for_is_found_out() =>
        (
            await Flood.FaultsAsync(services =>
                services.AddSingleton(provider => new FairShare(
                    provider.GetRequiredService<Journal>(),
                    Flood.Options with
                    {
                        FairFrom = long.MaxValue,
                    },
                    provider.GetRequiredService<TimeProvider>()
                ))
            )
        ).ShouldBe(["who fills the journal was let in"]);

    [Fact]
    public async Task Control_a_refusal_that_is_not_counted_is_found_out() =>
        (await Flood.FaultsAsync(forgets: true)).ShouldBe(["2 were refused, 0 are counted"]);
}
