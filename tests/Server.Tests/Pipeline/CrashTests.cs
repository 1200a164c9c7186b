using Faults;
using Tocsin.Protocol;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Server.Tests.Pipeline;

/// <summary>Whatever stops the worker, and wherever: nothing is lost, nothing is there twice.</summary>
public sealed class CrashTests
{
    public static TheoryData<string> Steps { get; } = [.. PipelineHealth.Steps];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_kill_after_any_step_loses_nothing_and_counts_nothing_twice(string step)
    {
        await using var house = await PipelineHouse.BuildAsync(PipelineHouse.Held with { BatchRecords = 5 });
        await house.StartAsync();
        var envelopes = Enumerable.Range(0, 23).Select(i => SomeEnvelope.Error($"issue-{i % 3}", user: $"{i % 4}")).ToArray();
        var held = house.Trap.HoldsAfterAsync(step, times: 2);
        await house.SendAsync(envelopes[..20]);
        await held;
        await house.KillAsync();

        await house.StartAsync();
        await house.SendAsync(envelopes[20..]);
        await house.SendAsync(envelopes[3], SomeEnvelope.Error().With("novelty", "{}"));
        await house.DrainAsync();

        var index = await house.MetadataAsync<long>("SELECT COUNT(*) FROM event_index");
        index.ShouldBe([24]);
        var last = (
            await house.MetadataAsync<(long High, long Low)>(
                "SELECT event_high, event_low FROM event_index ORDER BY position DESC LIMIT 1"
            )
        )[0];
        await house.AuditAsync([.. envelopes.Select(envelope => envelope.EventId!.Value), EventId.From(last.High, last.Low)]);
        (await house.OutcomesAsync())["Invalid duplicate"].ShouldBe(1);
        (await house.MetadataAsync<long>("SELECT user_count FROM issues WHERE short_id < 4 ORDER BY short_id")).ShouldBe([
            4,
            4,
            4,
        ]);

        // What the crash left in the segments must not come back with a rebuild.
        await house.StopAsync();
        Directory.Delete(house.TelemetryDirectory, recursive: true);
        await house.StartAsync();
        await house.DrainAsync();
        await RebuildTests.WholeAsync(house);
        await house.AuditAsync([.. envelopes.Select(envelope => envelope.EventId!.Value), EventId.From(last.High, last.Low)]);
        (await house.OutcomesAsync())["Invalid duplicate"].ShouldBe(1);
    }

    /// <summary>Its rows were on the way to the telemetry, and were nowhere else.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_segment_that_is_lost_with_a_crash_costs_its_rows_and_stops_nothing(bool isGone)
    {
        await using var house = await PipelineHouse.BuildAsync(PipelineHouse.Held with { BatchRecords = 5 });
        await house.StartAsync();
        var held = house.Trap.HoldsAfterAsync("commit_metadata", times: 1);
        await house.SendAsync(SomeEnvelope.Error("lost"));
        await held;
        await house.KillAsync();
        var segment = Directory.GetFiles(house.PayloadDirectory).ShouldHaveSingleItem();
        if (isGone)
        {
            File.Delete(segment);
        }
        else
        {
            await File.WriteAllBytesAsync(segment, new byte[new FileInfo(segment).Length]);
        }

        await house.StartAsync();
        await house.SendAsync(SomeEnvelope.Error("later"), SomeEnvelope.Error("lost"));
        await house.DrainAsync();

        house.Log.Lines.ShouldContain(line => line.Contains("rows of the last batch") && line.Contains("are lost"));
        (await house.MetadataAsync<long>("SELECT times_seen FROM issues ORDER BY id")).ShouldBe([2, 1]);
        (await house.QueryAsync(Dataset.Events, new Selected("n", Expression.Count))).Single()[0].ShouldBe(2L);
        var index = await house.MetadataAsync<(long Day, long Segment, long Offset, long Length)>(
            "SELECT day, segment, \"offset\", length FROM event_index ORDER BY position"
        );
        index[1].Segment.ShouldBe(isGone ? index[0].Segment + 1 : index[0].Segment, "the index leads to the one that is gone");
        index
            .Select(at => house.Payloads.Read(new((int)at.Day, (int)at.Segment, at.Offset, (int)at.Length)))
            .Select(reading => reading is PayloadReading.Found)
            .ShouldBe([false, true, true]);
    }

    [Fact]
    public async Task A_last_batch_that_the_disk_does_not_give_out_holds_nobody_up_and_is_made_up_for_when_it_does()
    {
        await using var house = await PipelineHouse.BuildAsync(PipelineHouse.Held with { BatchRecords = 5 });
        await house.StartAsync();
        var envelopes = Enumerable.Range(0, 3).Select(_ => SomeEnvelope.Error()).ToArray();
        await house.SendAsync(envelopes[0]);
        await house.DrainAsync();
        var held = house.Trap.HoldsAfterAsync("commit_metadata", times: 1);
        await house.SendAsync(envelopes[1]);
        await held;
        await house.KillAsync();
        var segment = Directory.GetFiles(house.PayloadDirectory).ShouldHaveSingleItem();
        house.Files.Plant(FileOperation.Read, FileFault.BrokenDevice, call => call.Path == segment);

        await house.StartAsync();
        await house.SendAsync(envelopes[2]);
        await house.DrainAsync();

        house.Get<Rebuilds>().Waiting().ShouldHaveSingleItem().Reason.ShouldBe("its last batch could not be read");
        (await house.QueryAsync(Dataset.Events, new Selected("n", Expression.Count))).Single()[0].ShouldBe(2L);
        // Who is asked to make it again may be gone before it can be done.
        await house.StopAsync();
        house.Files.Heal();
        await house.StartAsync();
        await EventuallyAsync(async () => (await house.MetadataAsync<long>("SELECT COUNT(*) FROM rebuilds"))[0] == 0);
        await house.AuditAsync([.. envelopes.Select(envelope => envelope.EventId!.Value)]);
    }

    [Theory]
    [InlineData("DELETE FROM event_index WHERE position = (SELECT MAX(position) FROM event_index)")]
    [InlineData("UPDATE event_index SET issue_id = issue_id + 1 WHERE position = (SELECT MAX(position) FROM event_index)")]
    [InlineData("UPDATE event_index SET \"offset\" = \"offset\" + 1 WHERE position = (SELECT MIN(position) FROM event_index)")]
    [InlineData("UPDATE issues SET times_seen = times_seen + 1 WHERE id = 1")]
    public async Task Control_the_audit_finds_what_a_careless_commit_would_leave(string planted)
    {
        await using var house = await PipelineHouse.StartedAsync();
        var envelopes = Enumerable.Range(0, 3).Select(_ => SomeEnvelope.Error()).ToArray();
        await house.SendAsync(envelopes);
        await house.DrainAsync();
        EventId[] sent = [.. envelopes.Select(envelope => envelope.EventId!.Value)];
        await house.AuditAsync(sent);

        await house.Projects.Metadata.Db.WriteAsync(transaction => transaction.ExecuteAsync(planted), CancellationToken.None);

        (await Record.ExceptionAsync(() => house.AuditAsync(sent))).ShouldBeOfType<ShouldAssertException>();
    }

    [Fact]
    public async Task Control_the_audit_finds_a_batch_that_is_in_the_telemetry_twice_or_not_at_all()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var envelope = SomeEnvelope.Error();
        await house.SendAsync(envelope);
        await house.DrainAsync();
        EventId[] sent = [envelope.EventId!.Value];
        var day = house.Payloads.Days.Single();
        var kept = await house
            .Get<StoredRows>()
            .OfDayAsync(day, _ => { }, (_, _) => { }, CancellationToken.None)
            .SingleAsync(CancellationToken.None);

        (await house.Telemetry.DropAsync(ArrivalDay.ToDate(day), RowKinds.All, CancellationToken.None)).ShouldBeTrue();
        (await Record.ExceptionAsync(() => house.AuditAsync(sent))).ShouldBeOfType<ShouldAssertException>();

        await house.Telemetry.ApplyAsync(kept with { Position = kept.Position + 1 }, CancellationToken.None);
        await house.AuditAsync(sent);

        await house.Telemetry.ApplyAsync(kept with { Position = kept.Position + 2 }, CancellationToken.None);
        (await Record.ExceptionAsync(() => house.AuditAsync(sent))).ShouldBeOfType<ShouldAssertException>();
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_failure_after_any_step_is_waited_out(string step)
    {
        await using var house = await PipelineHouse.BuildAsync(PipelineHouse.Quick with { BatchRecords = 5 });
        await house.StartAsync();
        house.Trap.FailsAfter(step, times: 2);
        var envelopes = Enumerable.Range(0, 20).Select(i => SomeEnvelope.Error($"issue-{i % 3}")).ToArray();
        await house.SendAsync(envelopes);
        await house.DrainAsync();

        await house.AuditAsync([.. envelopes.Select(envelope => envelope.EventId!.Value)]);
        house.Health.Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_full_disk_under_the_segments_holds_the_worker_and_not_the_journal()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var envelopes = Enumerable.Range(0, 10).Select(_ => SomeEnvelope.Error()).ToArray();
        await house.SendAsync(envelopes[..3]);
        await house.DrainAsync();
        house.Files.Plant(
            FileOperation.Write,
            FileFault.ShortWrite(100),
            call => call.Path.StartsWith(house.PayloadDirectory, StringComparison.Ordinal)
        );

        await house.SendAsync(envelopes[3..]);
        await EventuallyAsync(() => house.Health.Error is not null);
        house.Health.FailingStep.ShouldBe("keep");
        house.Files.Heal();
        await house.DrainAsync();

        await house.AuditAsync([.. envelopes.Select(envelope => envelope.EventId!.Value)]);
        house.Health.Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_sync_that_fails_is_not_taken_for_done()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var envelopes = Enumerable.Range(0, 5).Select(_ => SomeEnvelope.Error()).ToArray();
        var left = 3;
        house.Files.Plant(
            FileOperation.Sync,
            FileFault.BrokenDevice,
            call => call.Path.StartsWith(house.PayloadDirectory, StringComparison.Ordinal) && Interlocked.Decrement(ref left) >= 0
        );
        await house.SendAsync(envelopes);
        await house.DrainAsync();

        left.ShouldBeLessThanOrEqualTo(0, "the syncs must have failed");
        await house.AuditAsync([.. envelopes.Select(envelope => envelope.EventId!.Value)]);
    }

    [Fact]
    public async Task A_metadata_database_that_does_not_work_for_a_while_costs_no_item()
    {
        await using var house = await PipelineHouse.StartedAsync();
        await RenameAsync(house, "issues", "issues_away");
        var envelopes = Enumerable.Range(0, 10).Select(_ => SomeEnvelope.Error()).ToArray();
        await house.SendAsync(envelopes);
        await EventuallyAsync(() => house.Health.Error is not null);
        house.Health.FailingStep.ShouldBe("commit_metadata");
        await RenameAsync(house, "issues_away", "issues");
        await house.DrainAsync();

        await house.AuditAsync([.. envelopes.Select(envelope => envelope.EventId!.Value)]);
        (await house.OutcomesAsync()).Keys.ShouldBe(["Accepted"]);
    }

    [Fact]
    public async Task A_worker_that_hangs_is_seen()
    {
        await using var house = await PipelineHouse.StartedAsync(
            PipelineHouse.Quick with
            {
                StuckAfter = TimeSpan.FromMilliseconds(100),
            }
        );
        house.Health.IsStuck.ShouldBeFalse();
        using (house.Poison.Hold())
        {
            await house.SendAsync(SomeEnvelope.Error());
            // A busy machine may take as long for an earlier step.
            await EventuallyAsync(() => house.Health is { IsStuck: true, Step: "prepare" });
            house.Health.Error.ShouldBeNull();
        }
        await EventuallyAsync(() => !house.Health.IsStuck);
        await house.DrainAsync();
    }

    [Fact]
    public async Task A_stop_amid_a_backlog_loses_nothing_and_counts_nothing_twice()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var envelopes = Enumerable.Range(0, 200).Select(_ => SomeEnvelope.Error()).ToArray();
        await house.SendAsync(envelopes);
        await house.StopAsync();
        await house.StartAsync();
        await house.DrainAsync();

        await house.AuditAsync([.. envelopes.Select(envelope => envelope.EventId!.Value)]);
    }

    static Task RenameAsync(PipelineHouse house, string from, string to) =>
        house.Projects.Metadata.Db.WriteAsync(
            transaction => transaction.ExecuteAsync($"ALTER TABLE {from} RENAME TO {to}"),
            CancellationToken.None
        );

    internal static Task EventuallyAsync(Func<bool> holds) => EventuallyAsync(() => Task.FromResult(holds()));

    internal static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        var until = DateTimeOffset.UtcNow.AddSeconds(60);
        while (!await holds())
        {
            DateTimeOffset.UtcNow.ShouldBeLessThan(until);
            await Task.Delay(5);
        }
    }
}
