using Simulation.World;

namespace Simulation;

/// <summary>
/// A server's whole trace of writes, syncs, renames and deletions, journal and payload segments together, and the states that a power loss at
/// any moment of it may leave. From each the server starts, comes to rest, and holds what was acknowledged, once.
/// </summary>
public sealed class CrashStateTests
{
    static readonly bool Long = Environment.GetEnvironmentVariable("TOCSIN_LONG") == "1";
    static readonly int Traces = Long ? 10 : 2;
    static readonly int StatesOfEach = Long ? 2_000 : 1_000;

    [Fact]
    public void No_power_loss_loses_or_doubles_anything_in_any_store()
    {
        for (var trace = 1; trace <= Traces; trace++)
        {
            var states = Record(trace, Bug.None);
            FirstFault(states, trace, StatesOfEach).ShouldBeNull();
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{Traces * StatesOfEach} states of the whole server");
    }

    [Fact]
    public void A_server_that_answers_before_the_sync_is_found() =>
        FirstFault(Record(1, Bug.JournalSyncSkipped), 1, 300).ShouldNotBeNull();

    [Fact]
    public void A_server_that_commits_before_its_payloads_are_synced_is_found() =>
        FirstFault(Record(1, Bug.PayloadSyncSkipped), 1, 300).ShouldNotBeNull();

    [Fact]
    public void A_server_that_writes_its_position_before_the_rows_is_found() =>
        FirstFault(Record(1, Bug.PositionBeforeRows), 1, 1_000).ShouldNotBeNull();

    [Fact]
    public void A_server_that_writes_its_position_before_the_spans_is_found() =>
        FirstFault(Record(1, Bug.PositionBeforeSpans), 1, 1_000).ShouldNotBeNull();

    static CrashStates Record(int seed, Bug bug)
    {
        using var first = new MetadataFile();
        using var run = SeededRun.Recording(seed, sendings: 24, bug);
        run.Play();
        return new(run.Disk, first.Copy());
    }

    static string? FirstFault(CrashStates states, int seed, int count)
    {
        var chance = new Random(seed);
        for (var number = 0; number < count; number++)
        {
            using var run = new SeededRun(states.Draw(number, chance));
            try
            {
                run.Play();
            }
            catch (SimulationException broken)
            {
                return $"trace {seed}, state {number}: {broken.Message}";
            }
        }
        return null;
    }
}
