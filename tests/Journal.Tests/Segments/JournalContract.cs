using System.Buffers;
using System.Text;
using Tocsin.Journal;
using Tocsin.Journal.Segments;

namespace Journal.Tests.Segments;

/// <summary>What every caller may count on, whatever lies below.</summary>
public abstract class JournalContract
{
    const int SmallSegments = 4096;

    protected abstract FileLayer Files { get; }

    protected abstract string Directory { get; }

    SegmentJournalOptions Options =>
        new()
        {
            Directory = Directory,
            SegmentBytes = SmallSegments,
            ReserveBytes = 0,
        };

    SegmentJournal Open(long atLeast = 0) => SegmentJournal.Open(Options with { AtLeast = atLeast }, Files, TimeProvider.System);

    [Fact]
    public async Task What_was_appended_is_read_in_order_with_its_positions()
    {
        await using var journal = Open();
        var appended = await AppendAsync(journal, 0, 300);

        var read = await Reading.AllAsync(journal);

        read.Texts.ShouldBe(appended.Select(record => record.Text));
        read.Records.Select(record => record.Position).ShouldBe(appended.Select(record => record.Position));
        read.Gaps.ShouldBeEmpty();
        journal.State.Segments.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Nothing_changes_over_a_restart()
    {
        List<(long Position, string Text)> appended;
        await using (var journal = Open())
        {
            appended = await AppendAsync(journal, 0, 100);
        }
        await using (var journal = Open())
        {
            appended.AddRange(await AppendAsync(journal, 100, 100));
        }

        await using var reopened = Open();
        var read = await Reading.AllAsync(reopened);

        read.Records.Select(record => (record.Position, Encoding.UTF8.GetString(record.Bytes))).ShouldBe(appended);
        read.Gaps.ShouldBeEmpty();
        reopened.TornTail.ShouldBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(777)]
    [InlineData(100_000)]
    public async Task Any_batch_size_gives_the_same_records(int maxBytes)
    {
        await using var journal = Open();
        var appended = new List<byte[]>();
        for (var size = 0; size < 6000; size += 97)
        {
            var record = Some.Record(size, seed: size);
            appended.Add(record.ToArray());
            await journal.AppendAsync(record, CancellationToken.None);
        }

        var read = await Reading.AllAsync(journal, maxBytes: maxBytes);

        read.Records.Count.ShouldBe(appended.Count);
        read.Records.Select(record => record.Bytes).Zip(appended).ShouldAllBe(pair => pair.First.SequenceEqual(pair.Second));
    }

    [Fact]
    public async Task A_reader_goes_on_from_where_a_batch_ended()
    {
        await using var journal = Open();
        var appended = await AppendAsync(journal, 0, 200);

        var seen = new List<string>();
        long from = 0;
        while (seen.Count < appended.Count)
        {
            using var reader = journal.OpenReader(from);
            using var batch = await reader.ReadAsync(500, CancellationToken.None);
            batch.Gaps.ShouldBeEmpty();
            seen.AddRange(batch.Records.Select(record => record.Text()));
            from = batch.Next;
        }

        seen.ShouldBe(appended.Select(record => record.Text));
        from.ShouldBe(journal.End);
    }

    [Fact]
    public async Task A_reader_begins_at_the_first_record_at_or_after_any_position()
    {
        await using var journal = Open();
        var appended = await AppendAsync(journal, 0, 150);

        for (long from = 0; from <= journal.End; from += 61)
        {
            var read = await Reading.AllAsync(journal, from);

            read.Records.Select(record => record.Position)
                .ShouldBe(appended.Select(record => record.Position).Where(position => position >= from));
            read.Gaps.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_waiting_reader_gets_what_is_appended_next()
    {
        await using var journal = Open();
        using var reader = journal.OpenReader(0);
        var waiting = reader.ReadAsync(1000, CancellationToken.None).AsTask();
        waiting.IsCompleted.ShouldBeFalse();

        await journal.AppendAsync(Some.Record("first"), CancellationToken.None);

        using var batch = await waiting;
        batch.Records.ShouldHaveSingleItem().Text().ShouldBe("first");
    }

    [Fact]
    public async Task A_reader_never_sleeps_through_an_append()
    {
        await using var journal = Open();
        using var reader = journal.OpenReader(0);
        var appending = Task.Run(async () =>
        {
            for (var i = 0; i < 2000; i++)
            {
                await journal.AppendAsync(Some.Record($"{i}"), CancellationToken.None);
            }
        });

        var read = 0;
        while (read < 2000)
        {
            // With a budget of one byte the reader takes each record alone, and often waits just as the next arrives.
            using var batch = await reader.ReadAsync(1, CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            read += batch.Records.ShouldHaveSingleItem().Text() == $"{read}" ? 1 : 3000;
        }

        read.ShouldBe(2000);
        await appending;
    }

    [Fact]
    public async Task Concurrent_appends_are_all_kept_once_and_each_producer_in_its_order()
    {
        await using var journal = Open();
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(producer =>
                    Task.Run(async () =>
                    {
                        for (var i = 0; i < 100; i++)
                        {
                            await journal.AppendAsync(Some.Record($"{producer}:{i}"), CancellationToken.None);
                        }
                    })
                )
        );

        var read = await Reading.AllAsync(journal);

        for (var producer = 0; producer < 8; producer++)
        {
            read.Texts.Where(text => text.StartsWith($"{producer}:", StringComparison.Ordinal))
                .ShouldBe(Enumerable.Range(0, 100).Select(i => $"{producer}:{i}"));
        }
        read.Records.Count.ShouldBe(800);
    }

    [Fact]
    public async Task A_record_larger_than_a_segment_has_a_segment_of_its_own()
    {
        await using var journal = Open();
        await journal.AppendAsync(Some.Record("before"), CancellationToken.None);
        var large = Some.Record(5 * SmallSegments, seed: 1);
        await journal.AppendAsync(large, CancellationToken.None);
        await journal.AppendAsync(Some.Record("after"), CancellationToken.None);

        var read = await Reading.AllAsync(journal, maxBytes: 100);

        read.Records.Count.ShouldBe(3);
        read.Records[1].Bytes.ShouldBe(large.ToArray());
        journal.State.Segments.ShouldBe(3);
    }

    [Fact]
    public async Task A_record_in_many_parts_is_read_as_one()
    {
        await using var journal = Open();
        var pipe = new System.IO.Pipelines.Pipe(new(minimumSegmentSize: 16, pauseWriterThreshold: 0));
        var whole = Some.Record(3000, seed: 7).ToArray();
        foreach (var chunk in whole.Chunk(100))
        {
            await pipe.Writer.WriteAsync(chunk);
        }
        pipe.Reader.TryRead(out var parts).ShouldBeTrue();
        parts.Buffer.IsSingleSegment.ShouldBeFalse();

        await journal.AppendAsync(parts.Buffer, CancellationToken.None);

        (await Reading.AllAsync(journal)).Records.ShouldHaveSingleItem().Bytes.ShouldBe(whole);
    }

    [Fact]
    public async Task Released_segments_are_deleted_and_the_rest_is_read_on()
    {
        await using var journal = Open();
        var appended = await AppendAsync(journal, 0, 300);
        var before = journal.State;
        var from = appended[250].Position;

        journal.Release(from);

        var after = journal.State;
        after.Segments.ShouldBeLessThan(before.Segments);
        after.BytesOnDisk.ShouldBeLessThan(before.BytesOnDisk);
        after.Released.ShouldBe(from);
        Files.List(Directory, "*.segment").Count.ShouldBe(after.Segments);
        (await Reading.AllAsync(journal, from)).Texts.ShouldBe(appended.Skip(250).Select(record => record.Text));
    }

    [Fact]
    public async Task Everything_released_still_leaves_the_end_of_the_log()
    {
        await using (var journal = Open())
        {
            await AppendAsync(journal, 0, 300);
            journal.Release(journal.End);
            journal.State.Segments.ShouldBe(1);
        }
        await using var reopened = Open();
        var end = reopened.End;
        var position = await reopened.AppendAsync(Some.Record("next"), CancellationToken.None);

        position.ShouldBeGreaterThanOrEqualTo(end);
        (await Reading.AllAsync(reopened, end)).Texts.ShouldBe(["next"]);
    }

    [Fact]
    public async Task A_reader_from_before_the_released_part_is_told_what_is_missing()
    {
        await using var journal = Open();
        var appended = await AppendAsync(journal, 0, 300);
        journal.Release(appended[250].Position);

        var read = await Reading.AllAsync(journal, from: 0);

        var gap = read.Gaps.ShouldHaveSingleItem();
        gap.From.ShouldBe(0);
        gap.To.ShouldBeLessThanOrEqualTo(read.Records[0].Position);
        gap.To.ShouldBeGreaterThan(appended[200].Position);
    }

    [Fact]
    public async Task No_position_below_the_one_that_a_sink_has_applied_is_ever_given()
    {
        await using var journal = Open(atLeast: 1_000_001);

        var position = await journal.AppendAsync(Some.Record("new"), CancellationToken.None);

        position.ShouldBeGreaterThanOrEqualTo(1_000_001);
        var read = await Reading.AllAsync(journal, from: 1_000_001);
        read.Texts.ShouldBe(["new"]);
        read.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sink_that_is_behind_a_lost_part_of_the_log_sees_a_gap()
    {
        long end;
        await using (var journal = Open())
        {
            await AppendAsync(journal, 0, 10);
            end = journal.End;
        }
        await using var reopened = Open(atLeast: end + 800);
        await reopened.AppendAsync(Some.Record("new"), CancellationToken.None);

        var read = await Reading.AllAsync(reopened);

        read.Records.Count.ShouldBe(11);
        read.Gaps.ShouldHaveSingleItem().ShouldBe(new JournalGap(end, end + 800, "missing"));
        (await Reading.AllAsync(reopened, from: end + 800)).Gaps.ShouldBeEmpty();
        (await Reading.AllAsync(reopened, from: end + 400)).Gaps.ShouldHaveSingleItem().From.ShouldBe(end + 400);
    }

    [Fact]
    public async Task A_reader_ahead_of_the_log_is_refused_instead_of_passing_over_new_records()
    {
        await using var journal = Open();

        Should.Throw<ArgumentOutOfRangeException>(() => journal.OpenReader(journal.End + 1));
    }

    [Fact]
    public async Task A_second_journal_on_the_same_directory_is_refused_until_the_first_is_closed()
    {
        var first = Open();
        Should.Throw<JournalInUseException>(() => Open()).Message.ShouldContain(Directory);
        await first.DisposeAsync();

        await using var second = Open();
        await second.AppendAsync(Some.Record("free again"), CancellationToken.None);
    }

    [Fact]
    public async Task A_stopped_journal_refuses_appends_and_ends_its_readers()
    {
        var journal = Open();
        using var reader = journal.OpenReader(0);
        var waiting = reader.ReadAsync(1000, CancellationToken.None).AsTask();
        await journal.DisposeAsync();

        await Should.ThrowAsync<JournalUnavailableException>(
            journal.AppendAsync(Some.Record("late"), CancellationToken.None).AsTask()
        );
        await Should.ThrowAsync<ObjectDisposedException>(waiting);
    }

    [Fact]
    public async Task A_cancelled_append_is_either_durable_or_cancelled()
    {
        await using var journal = Open();
        var durable = new List<string>();
        for (var i = 0; i < 200; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var append = journal.AppendAsync(Some.Record($"record {i}"), cancellation.Token).AsTask();
            await cancellation.CancelAsync();
            try
            {
                await append;
                durable.Add($"record {i}");
            }
            catch (OperationCanceledException) { }
        }

        (await Reading.AllAsync(journal)).Texts.ShouldBe(durable);
    }

    static async Task<List<(long Position, string Text)>> AppendAsync(SegmentJournal journal, int first, int count)
    {
        var appended = new List<(long, string)>();
        for (var i = first; i < first + count; i++)
        {
            var text = $"record {i} {new string('x', i % 50)}";
            appended.Add((await journal.AppendAsync(Some.Record(text), CancellationToken.None), text));
        }
        return appended;
    }
}
