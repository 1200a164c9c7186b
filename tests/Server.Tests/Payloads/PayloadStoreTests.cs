using System.Text;
using Faults;
using Tocsin.Protocol;
using Tocsin.Server.Payloads;

namespace Server.Tests.Payloads;

public sealed class PayloadStoreTests : StoredPayloads
{
    [Fact]
    public void A_record_is_read_back_by_its_location()
    {
        using var store = Open();
        var locations = store.Append(Day, 0, [Frame(1, "first"), Frame(2, new string('x', 100_000))]).Locations;

        var second = Read(store, locations[1]);

        second.Position.ShouldBe(2);
        second.ProjectId.ShouldBe(7);
        second.EventId.ShouldBe(EventId.From(1, 2));
        Encoding.UTF8.GetString(second.Columns.Span).ShouldBe("columns of 2");
        second.Body.Length.ShouldBe(100_000);
        locations[1].Length.ShouldBeLessThan(1_000, "a body that repeats is kept compressed");
    }

    [Fact]
    public void A_flipped_bit_is_told_and_costs_only_its_record()
    {
        using var store = Open();
        var locations = store.Append(Day, 0, [Frame(1, "one"), Frame(2, "two"), Frame(3, "three")]).Locations;
        Flip(locations[1].Offset + PayloadFrame.HeaderLength + 3);

        store.Read(locations[1]).ShouldBeOfType<PayloadReading.Damaged>();
        Read(store, locations[2]).Position.ShouldBe(3);
        var damaged = 0L;
        store.Scan(Day, (_, bytes) => damaged += bytes).Select(placed => placed.Record.Position).ShouldBe([1, 3]);
        damaged.ShouldBe(locations[1].Length);
    }

    [Fact]
    public void A_damaged_length_does_not_hide_the_records_behind_it()
    {
        using var store = Open();
        var locations = store.Append(Day, 0, [Frame(1, "one"), Frame(2, "two"), Frame(3, "three")]).Locations;
        Flip(locations[0].Offset + 5);

        store.Scan(Day, (_, _) => { }).Select(placed => placed.Record.Position).ShouldBe([2, 3]);
    }

    [Fact]
    public void A_scan_gives_locations_and_rows_segment_by_segment_the_newest_first()
    {
        using var store = PayloadStore.Open(Files, Home.Path, null, segmentBytes: 200);
        var written = Enumerable
            .Range(1, 20)
            .SelectMany(position => store.Append(Day, 0, [Frame(position, "body")]).Locations)
            .ToList();
        store.Append(Day + 1, 0, [Frame(21, "next day")]);

        var scanned = store.Scan(Day, (_, _) => { }).ToList();

        scanned
            .Select(placed => placed.Location)
            .ShouldBe(written.OrderByDescending(location => location.Segment).ThenBy(location => location.Offset));
        scanned.Select(placed => placed.Location.Segment).Distinct().Count().ShouldBeGreaterThan(3);
        Encoding.UTF8.GetString(scanned[^1].Record.Columns.Span).ShouldBe($"columns of {scanned[^1].Record.Position}");
        store.Days.ShouldBe([Day, Day + 1]);
    }

    [Fact]
    public void What_the_metadata_never_applied_is_cut_off_at_the_next_start()
    {
        PayloadEnd committed;
        using (var store = Open())
        {
            committed = store.Append(Day, 0, [Frame(1, "kept"), BatchEnd(2)]).End;
            store.Append(Day, 0, [Frame(2, "lost"), BatchEnd(3)]);
        }

        using var again = Open(committed);
        var next = again.Append(Day, 0, [Frame(2, "again"), BatchEnd(3)]);

        next.Locations[0].Offset.ShouldBe(committed.Offset);
        again.Scan(Day, (_, _) => { }).Select(placed => placed.Record.Position).ShouldBe([1, 2, 2, 3]);
    }

    [Fact]
    public void A_tail_of_several_batches_is_kept_since_only_a_restored_database_can_be_so_far_behind()
    {
        PayloadEnd committed;
        using (var store = Open())
        {
            committed = store.Append(Day, 0, [Frame(1, "a"), BatchEnd(2)]).End;
            store.Append(Day, 0, [Frame(2, "b"), BatchEnd(3)]);
            store.Append(Day, 0, [Frame(3, "c"), BatchEnd(4)]);
        }

        using var again = Open(committed);
        again.Append(Day, 0, [Frame(9, "d"), BatchEnd(10)]).End.Segment.ShouldBe(2);

        again.Scan(Day, (_, _) => { }).Select(placed => placed.Record.Position).ShouldBe([9, 10, 1, 2, 2, 3, 3, 4]);
    }

    [Fact]
    public void A_flipped_bit_that_makes_an_old_segment_look_unfinished_does_not_cost_the_segment()
    {
        PayloadLocation behind;
        PayloadEnd committed;
        using (var store = Open())
        {
            behind = store.Append(Day, 3, [Frame(1, "one"), Frame(2, "two"), BatchEnd(3)]).Locations[1];
            committed = store.Append(Day + 1, 5, [Frame(4, "next day"), BatchEnd(5)]).End;
        }
        const int HighestByteOfPosition = 27;
        Flip(HighestByteOfPosition);

        using var again = Open(committed);

        Read(again, behind).Position.ShouldBe(2);
    }

    [Fact]
    public void A_start_leaves_a_segment_alone_whose_head_cannot_be_read()
    {
        PayloadEnd committed;
        using (var store = Open())
        {
            store.Append(Day, 3, [Frame(1, "old"), BatchEnd(3)]);
            committed = store.Append(Day + 1, 5, [Frame(4, "next day"), BatchEnd(5)]).End;
        }
        var broken = Broken(Day);

        using var again = PayloadStore.Open(broken, Home.Path, committed);
        var next = again.Append(Day + 1, 7, [Frame(6, "goes on"), BatchEnd(7)]);

        next.Locations[0].Offset.ShouldBe(committed.Offset);
        broken.Heal();
        again.Scan(Day, (_, _) => { }).Select(placed => placed.Record.Position).ShouldBe([1, 3]);
    }

    [Fact]
    public void What_comes_after_a_last_segment_that_cannot_be_read_goes_to_a_new_one()
    {
        PayloadEnd committed;
        using (var store = Open())
        {
            committed = store.Append(Day, 3, [Frame(1, "old"), BatchEnd(3)]).End;
        }
        var broken = Broken(Day);

        using var again = PayloadStore.Open(broken, Home.Path, committed);
        broken.Heal();
        again.Append(Day, 5, [Frame(4, "goes on"), BatchEnd(5)]).Locations[0].Segment.ShouldBe(committed.Segment + 1);

        again.Scan(Day, (_, _) => { }).Select(placed => placed.Record.Position).ShouldBe([4, 5, 1, 3]);
    }

    /// <summary>A disk that does not give out the day's segments.</summary>
    FaultyFileLayer Broken(int day)
    {
        var broken = new FaultyFileLayer(Files);
        broken.Plant(FileOperation.Read, FileFault.BrokenDevice, call => call.Path.Contains($"{day}-", StringComparison.Ordinal));
        return broken;
    }

    [Fact]
    public void An_append_that_is_taken_back_leaves_no_trace()
    {
        using var store = Open();
        store.Append(Day, 0, [Frame(1, "kept")]);
        store.TakeBack(store.Append(Day, 0, [Frame(2, "mistaken")]));
        store.Append(Day, 0, [Frame(3, "kept too")]);

        store.Scan(Day, (_, _) => { }).Select(placed => placed.Record.Position).ShouldBe([1, 3]);
    }

    [Fact]
    public void A_dropped_day_reads_as_gone()
    {
        using var store = Open();
        var location = store.Append(Day, 0, [Frame(1, "old")]).Locations[0];
        store.Append(Day + 1, 0, [Frame(2, "new")]);

        store.DropDay(Day, Committed);

        store.Read(location).ShouldBeOfType<PayloadReading.Gone>();
        store.Days.ShouldBe([Day + 1]);
    }

    [Fact]
    public void Records_that_are_forgotten_before_their_day_leave_the_others_where_they_are()
    {
        using var store = Open();
        var noise = new byte[40_000];
        new Random(3).NextBytes(noise);
        var frames = Enumerable.Range(1, 9).Select(position => Frame(position, Convert.ToBase64String(noise))).ToArray();
        var locations = store.Append(Day, 0, [.. frames]).Locations;
        store.Append(Day + 1, 0, [Frame(10, "next day")]);
        var before = store.BytesOf(Day);

        store.Thin(Day, Committed, record => record.Position is not (2 or 5)).ShouldBe(before - 2L * locations[1].Length);

        Read(store, locations[1]).Position.ShouldBe(2);
        Read(store, locations[4]).Position.ShouldBe(5);
        store.Read(locations[0]).ShouldBeOfType<PayloadReading.Gone>();
        var damaged = 0L;
        store.Scan(Day, (_, bytes) => damaged += bytes).Select(placed => placed.Location).ShouldBe([locations[1], locations[4]]);
        damaged.ShouldBe(0);
        if (OperatingSystem.IsLinux())
        {
            store.BytesOf(Day).ShouldBeLessThan(before / 2, "the space went back to the disk");
        }
        store.Thin(Day, Committed, record => record.Position is not (2 or 5)).ShouldBe(0, "they are gone already");
        store.Thin(Day, Committed, _ => true);
        store.Scan(Day, (_, _) => { }).ShouldBeEmpty();
    }

    [Fact]
    public void A_batch_that_is_on_its_way_stays_while_its_day_is_forgotten()
    {
        using var store = Open();
        var first = store.Append(Day, 10, [Frame(1, "first"), BatchEnd(10)]);
        var second = store.Append(Day, 20, [Frame(10, "second"), BatchEnd(20)]);

        store.Thin(Day, 10, _ => true);
        store.Scan(Day, (_, _) => { }).Select(placed => placed.Record.Position).ShouldBe([10, 20], "both of the second batch");
        store.DropDay(Day, 10);

        store.Read(first.Locations[0]).ShouldBeOfType<PayloadReading.Gone>();
        Read(store, second.Locations[0]).Position.ShouldBe(10);
        store.Append(Day, 30, [Frame(20, "third")]).End.Segment.ShouldBe(2, "the segment was let go");
        store.DropDay(Day, 30);
        store.Days.ShouldBeEmpty();
    }

    [Fact]
    public void A_thinned_day_is_left_alone_by_the_next_start()
    {
        PayloadEnd committed;
        PayloadLocation kept;
        using (var store = Open())
        {
            kept = store.Append(Day, 0, [Frame(1, "forgotten"), Frame(1, "kept"), BatchEnd(2)]).Locations[1];
            committed = store.Append(Day + 1, 0, [Frame(2, "next day"), BatchEnd(3)]).End;
            store.Thin(Day, Committed, record => record.Position == 1 && record.Kind == PayloadKind.Item);
        }

        using var again = Open(committed);

        again.Days.ShouldBe([Day, Day + 1]);
        again.Scan(Day, (_, _) => { }).Select(placed => placed.Record.Kind).ShouldBe([PayloadKind.Batch]);
        again.Read(kept).ShouldBeOfType<PayloadReading.Damaged>("nobody asks for it any more");
    }
}
