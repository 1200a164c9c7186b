using Faults;
using Server.Tests.Pipeline;
using Tocsin.Server.Issues;
using Tocsin.Server.Issues.Merging;
using Tocsin.Server.Payloads;
using Tocsin.Server.Retention;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Server.Tests.Retention;

/// <summary>Days leave every store together, whatever ends the removal in between.</summary>
public sealed class RetentionTests
{
    static readonly long Old = PipelineHouse.Microseconds(DateTimeOffset.UtcNow.AddDays(-100));
    static readonly long Yesterday = PipelineHouse.Microseconds(DateTimeOffset.UtcNow.AddDays(-1));

    public static TheoryData<string> Steps { get; } = [.. DayRemoval.Steps];

    [Fact]
    public async Task An_old_day_leaves_every_store()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var kept = await SendAsync(house);

        await LookAsync(house);

        await ShouldHoldAsync(house, kept);
        house.Telemetry.Days[0].IsClosed.ShouldBeTrue("yesterday is over");
        house.Telemetry.Days[^1].IsClosed.ShouldBeFalse("today is not");
        house.Payloads.IsPacked(house.Payloads.Days[0]).ShouldBeTrue();
        house.Payloads.IsPacked(house.Payloads.Days[^1]).ShouldBeFalse();

        // What is packed makes the same rows again.
        await house.StopAsync();
        Directory.Delete(house.TelemetryDirectory, recursive: true);
        await house.StartAsync();
        await RebuildTests.WholeAsync(house);
        await ShouldHoldAsync(house, kept);
    }

    [Fact]
    public async Task A_packing_that_fails_leaves_the_day_as_it_was_and_is_made_up_for()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var kept = await SendAsync(house);
        house.Files.Plant(
            FileOperation.Rename,
            FileFault.BrokenDevice,
            call => call.Path.EndsWith(".new", StringComparison.Ordinal)
        );

        await Should.ThrowAsync<IOException>(() => LookAsync(house));
        await ShouldHoldAsync(house, kept);
        house.Files.Heal();
        await house.StopAsync();
        await house.StartAsync();
        await LookAsync(house);

        house.Payloads.IsPacked(house.Payloads.Days[0]).ShouldBeTrue();
        Directory.EnumerateFiles(house.PayloadDirectory, "*.new").ShouldBeEmpty();
        await ShouldHoldAsync(house, kept);
    }

    [Fact]
    public async Task A_day_that_cannot_be_dropped_does_not_keep_the_others_from_being_closed_and_packed()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var kept = await SendAsync(house);
        var (old, yesterday) = (house.Payloads.Days[0], house.Payloads.Days[1]);
        house.Files.Plant(FileOperation.Delete, FileFault.BrokenDevice, call => IsOf(old, call));

        await Should.ThrowAsync<IOException>(() => LookAsync(house));

        house.Payloads.Days[0].ShouldBe(old);
        house.Get<RetentionProgress>().Failure.ShouldNotBeNull();
        house.Telemetry.Days[1].IsClosed.ShouldBeTrue();
        house.Payloads.IsPacked(yesterday).ShouldBeTrue();
        house.Payloads.IsPacked(old).ShouldBeFalse("what is to be dropped is not worked on");
        house.Files.Heal();
        await LookAsync(house);
        await ShouldHoldAsync(house, kept);
    }

    [Fact]
    public async Task A_day_that_cannot_be_read_does_not_keep_an_older_one_from_being_dropped()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var kept = await SendAsync(house);
        var yesterday = house.Payloads.Days[1];
        house.Files.Plant(FileOperation.Read, FileFault.BrokenDevice, call => IsOf(yesterday, call));

        await Should.ThrowAsync<IOException>(() => LookAsync(house));

        (house.Payloads.Days.Count, house.Telemetry.Days.Count).ShouldBe((2, 2));
        house.Files.Heal();
        await LookAsync(house);
        house.Payloads.IsPacked(yesterday).ShouldBeTrue();
        await ShouldHoldAsync(house, kept);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_removal_that_ends_after_any_step_is_gone_on_with(string step)
    {
        await using var house = await PipelineHouse.StartedAsync();
        var kept = await SendAsync(house);
        house.Trap.FailsAfter(step);

        await Should.ThrowAsync<IOException>(() => LookAsync(house));
        await house.StopAsync();
        await house.StartAsync();
        await LookAsync(house);

        await ShouldHoldAsync(house, kept);
        await RebuildTests.WholeAsync(house);
        await ShouldHoldAsync(house, kept);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Events_are_taken_in_while_a_removal_stands_still_at_any_step(string step)
    {
        await using var house = await PipelineHouse.StartedAsync();
        var kept = (await SendAsync(house)).ToList();
        var held = house.Trap.HoldsAfterAsync(step, times: 1);
        var looking = Task.Run(() => LookAsync(house));
        await held;
        var envelope = SomeEnvelope.Error("lasting");
        kept.Add(envelope);
        await house.SendAsync(envelope);
        await house.DrainAsync();
        looking.IsCompleted.ShouldBeFalse();
        house.Trap.LetGo();
        await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        await LookAsync(house);

        await ShouldHoldAsync(house, kept);
    }

    [Fact]
    public async Task A_day_may_leave_before_the_last_batch_that_came_late_for_it_is_in_every_store()
    {
        await using var house = await PipelineHouse.StartedAsync();
        SomeEnvelope[] kept = [SomeEnvelope.Error("lasting"), SomeEnvelope.Error("lasting")];
        await house.SendAsync(kept[0]);
        await house.DrainAsync();
        var held = house.Trap.HoldsAfterAsync("commit_metadata", times: 1);
        await house.SendAsync(Old, SomeEnvelope.Error("past"));
        await held;
        await LookAsync(house);
        await house.KillAsync();

        await house.StartAsync();
        await house.SendAsync(kept[1]);
        await house.DrainAsync();
        await LookAsync(house);

        var rows = await house.QueryAsync(Dataset.Events, new Selected("id", new Expression.Field("id")));
        rows.Select(row => (UInt128)row[0]!).Order().ShouldBe(kept.Select(envelope => envelope.EventId!.Value.Value).Order());
        (house.Telemetry.Days.Count, house.Payloads.Days.Count).ShouldBe((1, 1));
    }

    /// <param name="spans">Days after which spans leave: together with the errors, so that the whole day goes, or after them.</param>
    [Theory]
    [InlineData(50)]
    [InlineData(200)]
    public async Task A_batch_on_its_way_to_a_day_that_leaves_stays_whole_until_the_next_look(int spans)
    {
        // A look for lost files would take the day without rows for one.
        await using var house = await PipelineHouse.BuildAsync(PipelineHouse.Quick with { DamageCheck = TimeSpan.FromDays(1) });
        house.Retention = house.Retention with { Errors = 50, Spans = spans };
        await house.StartAsync();
        await house.SendAsync(Old, SomeEnvelope.Error("past"));
        await house.SendAsync(SomeEnvelope.Error("lasting"));
        await house.DrainAsync();
        var held = house.Trap.HoldsAfterAsync("keep", times: 1, goesOn: true);
        await house.SendAsync(Old, SomeEnvelope.Error("late"));
        await held;

        await LookAsync(house);
        house.Trap.LetGo();
        await house.DrainAsync();

        var places = await house.MetadataAsync<PlacedEvent>("SELECT day, segment, \"offset\", length FROM event_index");
        places.Count.ShouldBe(2);
        places.ShouldAllBe(place => house.Payloads.Read(place.Location) is PayloadReading.Found);
        await house.StopAsync();
        Directory.Delete(house.TelemetryDirectory, recursive: true);
        await house.StartAsync();
        await RebuildTests.WholeAsync(house);
        (await house.QueryAsync(Dataset.Events, new Selected("id", new Expression.Field("id")))).Count.ShouldBe(2);
        await LookAsync(house);
        (await house.MetadataAsync<long>("SELECT COUNT(*) FROM event_index")).ShouldBe([1]);
        (await house.QueryAsync(Dataset.Events, new Selected("id", new Expression.Field("id")))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_comes_late_for_a_day_that_leaves_is_known_until_it_has_left_too()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var late = SomeEnvelope.Error("past");
        await house.SendAsync(SomeEnvelope.Error("lasting"));
        await house.DrainAsync();
        var held = house.Trap.HoldsAfterAsync("commit_metadata", times: 1);
        await house.SendAsync(Old, late);
        await held;
        await LookAsync(house);
        var known = await house.MetadataAsync<long>("SELECT COUNT(*) FROM event_index");
        await house.KillAsync();
        known.ShouldBe([2], "its rows are on their way");

        await house.StartAsync();
        await house.SendAsync(late);
        await house.DrainAsync();
        (await house.QueryAsync(Dataset.Events, new Selected("id", new Expression.Field("id")))).Count.ShouldBe(1, "not anew");
        await LookAsync(house);

        (await house.MetadataAsync<long>("SELECT COUNT(*) FROM event_index")).ShouldBe([1]);
        (house.Telemetry.Days.Count, house.Payloads.Days.Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Errors_leave_a_day_whose_ledger_stays()
    {
        await using var house = await PipelineHouse.BuildAsync();
        house.Retention = house.Retention with { Errors = 50, Spans = 200 };
        await house.StartAsync();
        await SendAsync(house);

        await LookAsync(house);

        house.Telemetry.Days.Count.ShouldBe(3);
        house.Telemetry.Days[0].Kinds.ShouldBe(RowKinds.Outcomes);
        (await house.OutcomesAsync())["Accepted"].ShouldBe(40);
        (await house.QueryAsync(Dataset.Events, new Selected("id", new Expression.Field("id")))).Count.ShouldBe(20);
        (await house.MetadataAsync<long>("SELECT COUNT(*) FROM event_index")).ShouldBe([20]);
        house
            .Payloads.Scan(house.Payloads.Days[0], (_, _) => { })
            .ShouldAllBe(placed => placed.Record.Kind == PayloadKind.Batch || placed.Record.Kind == PayloadKind.Quarantined);

        // Made again, the day is the same: what left does not come back.
        await house.StopAsync();
        Directory.Delete(house.TelemetryDirectory, recursive: true);
        await house.StartAsync();
        await RebuildTests.WholeAsync(house);
        (await house.QueryAsync(Dataset.Events, new Selected("id", new Expression.Field("id")))).Count.ShouldBe(20);
        (await house.OutcomesAsync())["Accepted"].ShouldBe(40);
    }

    [Fact]
    public async Task Beyond_the_budget_all_days_leave_but_the_one_being_written_and_each_is_noted()
    {
        await using var house = await PipelineHouse.BuildAsync();
        house.Retention = house.Retention with { DiskBudget = 1, Errors = null, Spans = null };
        await house.StartAsync();
        await SendAsync(house);

        await LookAsync(house);

        house.Telemetry.Days.Count.ShouldBe(1);
        house.Payloads.Days.Count.ShouldBe(1);
        var dropped = await house.Get<DroppedDays>().LastAsync(10, CancellationToken.None);
        dropped.Count.ShouldBe(2);
        dropped.ShouldAllBe(entry => entry.Reason == DropReason.Budget && entry.Finished != null && entry.Bytes > 0);
        dropped[1].Day.ShouldBeLessThan(dropped[0].Day, "the oldest went first");
    }

    [Fact]
    public async Task Quarantined_items_leave_before_the_rest_of_their_day()
    {
        await using var house = await PipelineHouse.BuildAsync();
        house.Retention = house.Retention with { Errors = 200, Quarantine = 30 };
        await house.StartAsync();
        var all = new List<SomeEnvelope>(await SendAsync(house));
        var expected = await house.MetadataAsync<long>("SELECT COUNT(*) FROM event_index");

        await LookAsync(house);

        (await house.MetadataAsync<long>("SELECT COUNT(*) FROM quarantine")).ShouldBe([1], "yesterday's is young");
        house
            .Payloads.Scan(house.Payloads.Days[0], (_, _) => { })
            .ShouldAllBe(placed => placed.Record.Kind != PayloadKind.Quarantined);
        (await house.MetadataAsync<long>("SELECT COUNT(*) FROM event_index")).ShouldBe(expected);
    }

    [Fact]
    public async Task A_merged_issue_stays_with_all_its_kinds_until_the_last_event_of_any_is_gone()
    {
        await using var house = await PipelineHouse.StartedAsync();
        await house.SendAsync(Old, [.. Enumerable.Range(0, 3).Select(_ => SomeEnvelope.Error("past", "past"))]);
        await house.SendAsync(SomeEnvelope.Error("lasting", "lasting"), SomeEnvelope.Error("alone", "alone"));
        await house.DrainAsync();
        await MergeAsync(house, "past", "lasting");

        await LookAsync(house);

        var rows = await house.MetadataAsync<(string Status, long Times)>("SELECT status, times_seen FROM issues ORDER BY id");
        rows.ShouldBe([("unresolved", 4), ("merged", 1), ("unresolved", 1)], "the parent's own events are gone, not the others");
        await house.SendAsync(SomeEnvelope.Error("past", "past"));
        await house.DrainAsync();
        (await house.MetadataAsync<long>("SELECT times_seen FROM issues WHERE status = 'unresolved' ORDER BY id")).ShouldBe([
            5,
            1,
        ]);
    }

    [Fact]
    public async Task A_merged_issue_goes_with_the_last_event_of_all()
    {
        await using var house = await PipelineHouse.StartedAsync();
        await house.SendAsync(Old, SomeEnvelope.Error("past", "past"), SomeEnvelope.Error("gone", "gone"));
        await house.SendAsync(SomeEnvelope.Error("lasting", "lasting"));
        await house.DrainAsync();
        await MergeAsync(house, "past", "gone");

        await LookAsync(house);

        foreach (var (table, left) in new[] { ("issues", 1), ("issue_hashes", 1), ("issue_strands", 0) })
        {
            (await house.MetadataAsync<long>($"SELECT COUNT(*) FROM {table}")).ShouldBe([left]);
        }
    }

    static async Task MergeAsync(PipelineHouse house, params string[] kinds)
    {
        await using var connection = await house.Projects.Metadata.Db.OpenAsync(CancellationToken.None);
        var rows = await Dapper.SqlMapper.QueryAsync<IssueRow>(connection, IssueRow.Select, new { UserId = (long?)null });
        var named = rows.Where(row => kinds.Any(kind => row.Title.EndsWith(kind, StringComparison.Ordinal))).ToList();
        named.Count.ShouldBe(kinds.Length);
        var result = await new IssueMerging(house.Projects.Metadata.Db, TimeProvider.System).MergeAsync(
            named,
            null,
            CancellationToken.None
        );
        result.Refusal.ShouldBeNull();
    }

    sealed record PlacedEvent
    {
        public long Day { get; init; }
        public long Segment { get; init; }
        public long Offset { get; init; }
        public long Length { get; init; }

        public PayloadLocation Location => new((int)Day, (int)Segment, Offset, (int)Length);
    }

    static bool IsOf(int day, FileCall call) => Path.GetFileName(call.Path).StartsWith($"{day}-", StringComparison.Ordinal);

    static Task LookAsync(PipelineHouse house) => house.Get<RetentionWatch>().LookAsync(CancellationToken.None);

    /// <summary>Twenty events of an old day, ten of yesterday, ten of today; one item of each of the first two days that nobody handles.</summary>
    /// <returns>What is not old.</returns>
    static async Task<IReadOnlyList<SomeEnvelope>> SendAsync(PipelineHouse house)
    {
        var old = Enumerable.Range(0, 20).Select(i => SomeEnvelope.Error(i % 2 == 0 ? "lasting" : "past")).ToArray();
        var yesterday = Enumerable.Range(0, 10).Select(_ => SomeEnvelope.Error("lasting")).ToArray();
        var today = Enumerable.Range(0, 10).Select(_ => SomeEnvelope.Error("lasting")).ToArray();
        await house.SendAsync(Old, [.. old, new SomeEnvelope(null).With("novelty", "{}")]);
        await house.SendAsync(Yesterday, [.. yesterday, new SomeEnvelope(null).With("novelty", "{}")]);
        await house.SendAsync(today);
        await house.DrainAsync();
        return [.. yesterday, .. today];
    }

    /// <summary>Exactly these events, their issue and nothing of the old day, in every store.</summary>
    static async Task ShouldHoldAsync(PipelineHouse house, IReadOnlyList<SomeEnvelope> kept)
    {
        var rows = await house.QueryAsync(Dataset.Events, new Selected("id", new Expression.Field("id")));
        rows.Select(row => (UInt128)row[0]!).Order().ShouldBe(kept.Select(envelope => envelope.EventId!.Value.Value).Order());
        (await house.MetadataAsync<long>("SELECT COUNT(*) FROM event_index")).ShouldBe([kept.Count]);
        (await house.MetadataAsync<long>("SELECT COUNT(*) FROM quarantine")).ShouldBe([1]);
        (await house.MetadataAsync<long>("SELECT times_seen FROM issues")).ShouldBe([kept.Count + 10], "it counts what was seen");
        (await house.MetadataAsync<long>("SELECT COUNT(*) FROM issue_hashes")).ShouldBe([1]);
        var locations = await house.MetadataAsync<PlacedEvent>("SELECT day, segment, \"offset\", length FROM event_index");
        locations.ShouldAllBe(place => house.Payloads.Read(place.Location) is PayloadReading.Found);
        house.Payloads.Days.Count.ShouldBe(2);
        house.Telemetry.Days.Count.ShouldBe(2);
        var entry = (await house.Get<DroppedDays>().LastAsync(10, CancellationToken.None)).ShouldHaveSingleItem();
        (entry.RowKinds, entry.Reason, entry.Finished is null).ShouldBe((RowKinds.All, DropReason.Age, false));
        entry.Bytes.ShouldBeGreaterThan(0);
    }
}
