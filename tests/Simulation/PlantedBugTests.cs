using Simulation.World;

namespace Simulation;

/// <summary>The simulation is worth as much as what it finds: each mistake must show in one of its seeds.</summary>
public sealed class PlantedBugTests
{
    /// <summary>Most show within fifty; a batch that comes while its day's rebuild ends, in one of some five hundred.</summary>
    const int Seeds = 3_000;

    [Fact]
    public void An_answer_before_the_sync_is_found() => Found(Bug.JournalSyncSkipped, "acknowledged");

    [Fact]
    public void Payload_segments_that_are_not_synced_are_found() => Found(Bug.PayloadSyncSkipped);

    [Fact]
    public void A_commit_before_its_data_is_found() => Found(Bug.CommitBeforeData);

    [Fact]
    public void A_position_before_its_rows_is_found() => Found(Bug.PositionBeforeRows, "acknowledged");

    [Fact]
    public void A_release_before_the_stores_have_it_is_found() => Found(Bug.ReleasedEarly);

    [Fact]
    public void A_batch_that_is_applied_twice_is_found() => Found(Bug.AppliedTwice);

    [Fact]
    public void Spans_that_are_committed_before_their_data_are_found() => Found(Bug.SpansCommittedBeforeData);

    [Fact]
    public void A_position_before_the_spans_is_found() => Found(Bug.PositionBeforeSpans, "spans are lost");

    [Fact]
    public void Spans_that_are_applied_twice_are_found() => Found(Bug.SpansAppliedTwice, "a span is in the telemetry twice");

    [Fact]
    public void A_container_that_is_not_known_again_is_found() => Found(Bug.SpansWithoutIdentity, "twice");

    [Fact]
    public void A_day_that_is_rebuilt_without_its_spans_is_found() => Found(Bug.RebuiltWithoutSpans, "spans are lost");

    [Fact]
    public void A_merge_in_two_steps_is_found() => Found(Bug.MergedInTwoSteps, "counts other events than it has");

    [Fact]
    public void A_merged_issue_whose_strands_are_not_counted_is_found() =>
        Found(Bug.StrandsNotCounted, "a strand counts other events than it has");

    [Fact]
    public void Events_that_are_stored_under_the_issue_they_are_shown_as_are_found() =>
        Found(Bug.StoredUnderParent, "a strand counts other events than it has");

    [Fact]
    public void A_user_whom_every_strand_counts_is_found() => Found(Bug.UsersCountedByStrand, "counts other users than it has");

    [Fact]
    public void A_day_that_is_closed_in_two_steps_is_found() => Found(Bug.ClosedInTwoSteps);

    [Fact]
    public void A_closed_day_over_one_that_a_batch_came_for_is_found() => Found(Bug.ClosedOverBatch);

    [Fact]
    public void A_packed_segment_that_takes_its_place_before_it_is_synced_is_found() => Found(Bug.PackedSyncSkipped);

    [Fact]
    public void A_day_that_is_dropped_a_day_early_is_found() => Found(Bug.DroppedADayEarly, "before its time");

    /// <param name="saying">What one of the seeds says of it; others may meet its consequences first.</param>
    static void Found(Bug bug, string saying = "")
    {
        var otherwise = new List<string>();
        for (var seed = 1; seed <= Seeds; seed++)
        {
            try
            {
                using var run = new SeededRun(seed, bug);
                run.Play();
            }
            catch (SimulationException broken) when (broken.Message.Contains(saying, StringComparison.Ordinal))
            {
                return;
            }
            catch (SimulationException broken)
            {
                otherwise.Add($"{seed}: {broken.Message.Split('\n')[0]}");
            }
        }
        throw new ShouldAssertException($"{bug} does not show in {Seeds} seeds, but: {string.Join(", ", otherwise)}");
    }
}
