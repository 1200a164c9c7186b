using Simulation.World;

namespace Simulation;

/// <summary>
/// The whole way from a request to the stores, in one thread, with nothing but a seed to decide what happens. A seed that fails is played again
/// with <c>TOCSIN_SEED=… ./test Simulation</c>.
/// </summary>
public sealed class SimulationTests
{
    static readonly bool Long = Environment.GetEnvironmentVariable("TOCSIN_LONG") == "1";
    static readonly int Seeds = Long ? 10_000 : 200;

    [Fact]
    public void Nothing_acknowledged_is_lost_or_counted_twice_whatever_the_seed()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("TOCSIN_SEED"), out var only))
        {
            Play(only);
            return;
        }
        for (var seed = 1; seed <= Seeds; seed++)
        {
            Play(seed);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_history_byte_for_byte()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            Play(seed).ShouldBe(Play(seed), $"seed {seed}");
        }
        Play(1).ShouldNotBe(Play(2));
    }

    [Fact]
    public void The_seeds_reach_what_they_are_there_for()
    {
        var (crashes, overflowed) = (0, 0L);
        for (var seed = 1; seed <= 20; seed++)
        {
            using var run = new SeededRun(seed);
            run.Play();
            crashes += run.Crashes;
            overflowed += run.Overflowed;
        }
        crashes.ShouldBeGreaterThan(10);
        overflowed.ShouldBeGreaterThan(10);
    }

    static string Play(int seed)
    {
        try
        {
            using var run = new SeededRun(seed);
            return run.Play();
        }
        catch (SimulationException broken)
        {
            throw new InvalidOperationException($"TOCSIN_SEED={seed} ./test Simulation\n{broken.Message}");
        }
    }
}
