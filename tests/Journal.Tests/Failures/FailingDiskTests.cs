using System.Diagnostics;
using Faults;
using Tocsin.Journal;
using Tocsin.Journal.Segments;

namespace Journal.Tests.Failures;

public sealed class FailingDiskTests
{
    static readonly SegmentJournalOptions Options = new()
    {
        Directory = "/data/journal",
        SegmentBytes = 4096,
        ReserveBytes = 1 << 20,
        RetryAfter = TimeSpan.FromMilliseconds(5),
    };

    readonly MemoryDisk disk = new();
    readonly FaultyFileLayer files;

    public FailingDiskTests() => files = new FaultyFileLayer(disk);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lone_append_costs_one_write_and_one_sync()
    {
        await using var journal = Open();
        await AppendAsync(journal, "begins the segment");
        var (writes, syncs) = (files.Count(FileOperation.Write), files.Count(FileOperation.Sync));

        await AppendAsync(journal, "alone");

        files.Count(FileOperation.Write).ShouldBe(writes + 1);
        files.Count(FileOperation.Sync).ShouldBe(syncs + 1);
    }

    [Fact]
    public async Task Appends_that_arrive_during_a_sync_share_the_next_one()
    {
        await using var journal = Open();
        await AppendAsync(journal, "begins the segment");
        using var gate = new ManualResetEventSlim();
        var syncs = files.Count(FileOperation.Sync);
        files.Plant(FileOperation.Sync, FileFault.Held(gate), call => call.Number == syncs + 1);
        var first = AppendAsync(journal, "first");
        await Until(() => files.Count(FileOperation.Sync) == syncs + 1);

        var others = Enumerable.Range(0, 20).Select(i => AppendAsync(journal, $"other {i}")).ToList();
        first.IsCompleted.ShouldBeFalse();
        gate.Set();
        await Task.WhenAll([first, .. others]);

        files.Count(FileOperation.Sync).ShouldBe(syncs + 2);
    }

    [Fact]
    public async Task Nothing_is_acknowledged_or_shown_before_its_sync()
    {
        await using var journal = Open();
        await AppendAsync(journal, "durable");
        using var gate = new ManualResetEventSlim();
        files.Plant(FileOperation.Sync, FileFault.Held(gate));
        var syncs = files.Count(FileOperation.Sync);
        var append = AppendAsync(journal, "written only");
        await Until(() => files.Count(FileOperation.Sync) == syncs + 1);

        append.IsCompleted.ShouldBeFalse();
        (await Reading.AllAsync(journal)).Texts.ShouldBe(["durable"]);

        gate.Set();
        await append;
        (await Reading.AllAsync(journal)).Texts.ShouldBe(["durable", "written only"]);
    }

    [Fact]
    public async Task A_nearly_full_disk_refuses_appends_while_readers_go_on_and_takes_them_again_when_there_is_room()
    {
        await using var journal = Open();
        await AppendAsync(journal, "before");
        files.Free = Options.ReserveBytes;

        var refused = await Should.ThrowAsync<JournalUnavailableException>(AppendAsync(journal, "refused"));

        refused.Message.ShouldStartWith("The disk is full: 1 MB are free");
        journal.State.Refusing.ShouldBe(refused.Message);
        (await Reading.AllAsync(journal)).Texts.ShouldBe(["before"]);
        files.Free = null;
        await Until(() => journal.State.Refusing is null);
        await AppendAsync(journal, "after");
        (await Reading.AllAsync(journal)).Texts.ShouldBe(["before", "after"]);
        journal.State.Segments.ShouldBe(1);
    }

    [Fact]
    public async Task A_disk_that_stays_nearly_full_is_not_taken_for_a_free_one()
    {
        var clock = new FakeClock();
        await using var journal = SegmentJournal.Open(Options, files, clock);
        files.Free = Options.ReserveBytes + 1000;
        await Should.ThrowAsync<JournalUnavailableException>(AppendAsync(journal, new string('x', 2000)));

        var asked = files.Count(FileOperation.FreeBytes);
        clock.Advance(Options.RetryAfter);
        await Until(() => files.Count(FileOperation.FreeBytes) > asked);
        await Task.Delay(20, Stop);
        journal.State.Refusing.ShouldNotBeNull();

        files.Free = 2 * Options.ReserveBytes;
        clock.Advance(Options.RetryAfter);
        await Until(() => journal.State.Refusing is null);
    }

    [Fact]
    public async Task While_it_refuses_the_journal_leaves_the_disk_alone_but_for_one_try_in_a_while()
    {
        var clock = new FakeClock();
        await using var journal = SegmentJournal.Open(Options, files, clock);
        await AppendAsync(journal, "before");
        files.Plant(FileOperation.Sync, FileFault.BrokenDevice);
        await Should.ThrowAsync<JournalUnavailableException>(AppendAsync(journal, "fails"));
        var calls = files.Calls.Count;

        for (var i = 0; i < 100; i++)
        {
            await Should.ThrowAsync<JournalUnavailableException>(AppendAsync(journal, "refused at once"));
        }
        files.Calls.Count.ShouldBe(calls);

        files.Heal();
        clock.Advance(Options.RetryAfter);
        await Until(() => journal.State.Refusing is null);
        await AppendAsync(journal, "after");
    }

    public static TheoryData<FileOperation, string> WriteSites =>
        new()
        {
            { FileOperation.Create, nameof(FileFault.DiskFull) },
            { FileOperation.Write, nameof(FileFault.DiskFull) },
            { FileOperation.Write, nameof(FileFault.ShortWrite) },
            { FileOperation.Write, nameof(FileFault.BrokenDevice) },
            { FileOperation.Sync, nameof(FileFault.BrokenDevice) },
            { FileOperation.Sync, nameof(FileFault.DiskFull) },
            { FileOperation.SyncDirectory, nameof(FileFault.BrokenDevice) },
            { FileOperation.FreeBytes, nameof(FileFault.BrokenDevice) },
        };

    [Theory]
    [MemberData(nameof(WriteSites))]
    public async Task A_failure_at_any_write_site_fails_the_waiting_appends_and_loses_nothing_else(
        FileOperation operation,
        string fault
    )
    {
        await using (var journal = Open())
        {
            for (var round = 0; round < 20; round++)
            {
                await AppendAsync(journal, $"durable {round} {new string('x', 1000)}");
                files.Plant(
                    operation,
                    fault switch
                    {
                        nameof(FileFault.DiskFull) => FileFault.DiskFull,
                        nameof(FileFault.ShortWrite) => FileFault.ShortWrite(20 * round),
                        _ => FileFault.BrokenDevice,
                    }
                );
                // Only a full segment makes the journal create another one: append until the planted fault is met.
                for (var attempts = 0; journal.State.Refusing is null; attempts++)
                {
                    attempts.ShouldBeLessThan(1000);
                    try
                    {
                        await AppendAsync(journal, "not counted");
                    }
                    catch (JournalUnavailableException failure)
                    {
                        failure.InnerException.ShouldNotBeNull();
                    }
                }
                files.Heal();
                await Until(() => journal.State.Refusing is null);
            }
            Durable((await Reading.AllAsync(journal)).Texts);
        }

        await using var reopened = Open();
        var read = await Reading.AllAsync(reopened);
        Durable(read.Texts);
        read.Gaps.ShouldBeEmpty();

        static void Durable(IEnumerable<string> texts) =>
            texts
                .Where(text => text.StartsWith("durable", StringComparison.Ordinal))
                .Select(text => text.Split(' ')[1])
                .ShouldBe(Enumerable.Range(0, 20).Select(round => $"{round}"));
    }

    [Fact]
    public async Task A_segment_whose_sync_failed_is_never_written_or_synced_again()
    {
        await using var journal = Open();
        await AppendAsync(journal, "before");
        var abandoned = files.List(Options.Directory, "*.segment").Single();
        files.Plant(FileOperation.Sync, FileFault.BrokenDevice, call => call.Path == abandoned);
        await Should.ThrowAsync<JournalUnavailableException>(AppendAsync(journal, "fails"));
        var calls = files.Calls.Count;

        await Until(() => journal.State.Refusing is null);
        await AppendAsync(journal, "after");

        files
            .Calls.Skip(calls)
            .Where(call => call.Path == abandoned && call.Operation is FileOperation.Write or FileOperation.Sync)
            .ShouldBeEmpty();
        var read = await Reading.AllAsync(journal);
        read.Texts.ShouldBe(["before", "after"]);
        read.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_failed_write_left_stays_hidden_even_where_it_cannot_be_truncated()
    {
        await using (var journal = Open())
        {
            await AppendAsync(journal, "before");
            files.Plant(FileOperation.Sync, FileFault.BrokenDevice, call => call.Number == 3);
            files.Plant(FileOperation.Truncate, FileFault.BrokenDevice);
            await Should.ThrowAsync<JournalUnavailableException>(AppendAsync(journal, "reported as failed"));
            await Until(() => journal.State.Refusing is null);
            await AppendAsync(journal, "after");
        }

        await using var reopened = Open();
        var read = await Reading.AllAsync(reopened);
        read.Texts.ShouldBe(["before", "after"]);
        read.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_leftover_that_cannot_be_deleted_does_not_stop_the_journal()
    {
        await using var journal = Open();
        files.Plant(FileOperation.SyncDirectory, FileFault.BrokenDevice, call => call.Number is 3 or 4);
        files.Plant(FileOperation.Delete, FileFault.BrokenDevice);
        await Should.ThrowAsync<JournalUnavailableException>(AppendAsync(journal, "fails"));
        await Until(() => journal.State.Refusing is null);

        await AppendAsync(journal, "after");

        var read = await Reading.AllAsync(journal);
        read.Texts.ShouldBe(["after"]);
        read.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task All_that_wait_fail_together()
    {
        await using var journal = Open();
        await AppendAsync(journal, "before");
        using var gate = new ManualResetEventSlim();
        files.Plant(FileOperation.Write, FileFault.Held(gate), call => call.Number == 3);
        files.Plant(FileOperation.Sync, FileFault.BrokenDevice, call => call.Number == 3);

        var appends = Enumerable.Range(0, 10).Select(i => AppendAsync(journal, $"waits {i}")).ToList();
        gate.Set();

        foreach (var append in appends)
        {
            await Should.ThrowAsync<JournalUnavailableException>(append);
        }
        (await Reading.AllAsync(journal)).Texts.ShouldBe(["before"]);
    }

    [Fact]
    public async Task What_a_reader_was_shown_after_a_kill_survives_a_power_loss_too()
    {
        await using (var journal = Open())
        {
            await AppendAsync(journal, "synced");
            // As a kill between write and sync leaves it: visible, but not on the disk.
            files.Plant(FileOperation.Sync, FileFault.Lie);
            await AppendAsync(journal, "visible");
        }
        files.Heal();
        await using (var journal = Open())
        {
            (await Reading.AllAsync(journal)).Texts.ShouldBe(["synced", "visible"]);
        }

        var losses = new PowerLoss(disk);
        var left = losses.At(losses.Moments[^1], Unsynced.Lost, new Random(1));

        await using var after = SegmentJournal.Open(Options, left, TimeProvider.System);
        (await Reading.AllAsync(after)).Texts.ShouldBe(["synced", "visible"]);
    }

    [Fact]
    public async Task The_end_of_the_log_survives_when_all_is_released_and_the_newest_segment_fails()
    {
        long end;
        await using (var journal = Open())
        {
            await AppendAsync(journal, new string('x', 4000));
            var writes = files.Count(FileOperation.Write);
            // One write begins the next segment, the one after it fails when everything before has just been released.
            files.Plant(
                FileOperation.Write,
                FileFault.DiskFull,
                call => call.Number == writes + 2,
                _ => journal.Release(journal.End)
            );
            await Should.ThrowAsync<JournalUnavailableException>(AppendAsync(journal, new string('x', 4000)));
            files.Plant(FileOperation.Create, FileFault.DiskFull);
            end = journal.End;
        }

        files.Heal();
        await using var reopened = Open();
        reopened.End.ShouldBeGreaterThanOrEqualTo(end);
    }

    [Fact]
    public async Task A_segment_that_cannot_be_deleted_is_released_another_time()
    {
        await using var journal = Open();
        for (var i = 0; i < 20; i++)
        {
            await AppendAsync(journal, new string('x', 1000));
        }
        var segments = journal.State.Segments;
        files.Plant(FileOperation.Delete, FileFault.BrokenDevice);
        journal.Release(journal.End);
        journal.State.Segments.ShouldBe(segments);

        files.Heal();
        journal.Release(journal.End);
        journal.State.Segments.ShouldBe(1);
    }

    [Fact]
    public async Task An_unreadable_sector_costs_the_records_on_it_and_is_reported()
    {
        await using var journal = SegmentJournal.Open(Options with { SegmentBytes = 1 << 20 }, files, TimeProvider.System);
        var appended = new List<(long Position, string Text)>();
        for (var i = 0; i < 100; i++)
        {
            var text = $"record {i} {new string('x', 500)}";
            appended.Add((await AppendAsync(journal, text), text));
        }
        files.Plant(
            FileOperation.Read,
            FileFault.BrokenDevice,
            call => call.Offset <= 20_000 && 20_000 < call.Offset + call.Length
        );

        var read = await Reading.AllAsync(journal);

        var gap = read.Gaps.ShouldHaveSingleItem();
        gap.Reason.ShouldStartWith("unreadable");
        gap.From.ShouldBeLessThanOrEqualTo(20_000);
        gap.To.ShouldBeInRange(20_000, 20_000 + 2 * 4096);
        read.Texts.ShouldBe(
            appended.Where(record => record.Position < gap.From || record.Position >= gap.To).Select(record => record.Text)
        );
    }

    [Fact]
    public async Task An_unreadable_block_on_which_all_that_is_new_lies_costs_just_that()
    {
        await using var journal = SegmentJournal.Open(Options with { SegmentBytes = 1 << 20 }, files, TimeProvider.System);
        // So that the segment's own header lies on another block.
        await AppendAsync(journal, new string('x', 5000));
        using var reader = journal.OpenReader(0);
        using (var before = await reader.ReadAsync(1 << 20, Stop))
        {
            before.Records.ShouldHaveSingleItem();
        }
        var lost = await AppendAsync(journal, "lost");
        files.Plant(FileOperation.Read, FileFault.BrokenDevice, call => call.Offset <= lost && lost < call.Offset + call.Length);

        var reading = reader.ReadAsync(1 << 20, Stop).AsTask();
        reading.IsCompleted.ShouldBeFalse("it waits for more");
        var after = await AppendAsync(journal, "after");

        using var batch = await reading.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        batch.Records.ShouldHaveSingleItem().Text().ShouldBe("after");
        var gap = batch.Gaps.ShouldHaveSingleItem();
        (gap.From, gap.To).ShouldBe((lost, after));
        gap.Reason.ShouldStartWith("unreadable");
    }

    [Fact]
    public async Task A_device_that_reads_nothing_is_an_error_and_not_a_gap()
    {
        await using var journal = Open();
        await AppendAsync(journal, "there");
        files.Plant(FileOperation.Read, FileFault.BrokenDevice);
        using var reader = journal.OpenReader(0);

        await Should.ThrowAsync<IOException>(reader.ReadAsync(1000, Stop).AsTask());

        files.Heal();
        using var batch = await reader.ReadAsync(1000, Stop);
        batch.Records.ShouldHaveSingleItem().Text().ShouldBe("there");
        batch.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tail_that_cannot_be_read_at_the_start_is_kept()
    {
        await using (var journal = SegmentJournal.Open(Options with { SegmentBytes = 1 << 20 }, files, TimeProvider.System))
        {
            for (var i = 0; i < 100; i++)
            {
                await AppendAsync(journal, $"record {i} {new string('x', 500)}");
            }
        }
        files.Plant(FileOperation.Read, FileFault.BrokenDevice, call => call.Offset + call.Length > 40_000);
        await using var reopened = Open();
        files.Heal();

        (await Reading.AllAsync(reopened)).Records.Count.ShouldBe(100);
    }

    SegmentJournal Open() => SegmentJournal.Open(Options, files, TimeProvider.System);

    static Task<long> AppendAsync(SegmentJournal journal, string text) =>
        journal.AppendAsync(Some.Record(text), Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Stop);

    static async Task Until(Func<bool> condition)
    {
        for (var waited = Stopwatch.StartNew(); !condition(); await Task.Delay(1, Stop))
        {
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
        }
    }
}
