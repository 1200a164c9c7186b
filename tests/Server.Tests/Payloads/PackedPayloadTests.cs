using System.Text;
using Tocsin.Protocol;
using Tocsin.Server.Payloads;

namespace Server.Tests.Payloads;

/// <summary>Days that are over, whose bodies are compressed in blocks of many.</summary>
public sealed class PackedPayloadTests : StoredPayloads
{
    [Fact]
    public void A_packed_day_takes_less_and_gives_every_record_by_its_old_location()
    {
        using var store = Open();
        var locations = FillDay(store);
        var (before, scanned) = (store.BytesOf(Day), store.Scan(Day, (_, _) => { }).Select(placed => placed.Location).ToList());
        store.IsPacked(Day).ShouldBeFalse();

        store.Pack(Day, CancellationToken.None);

        store.IsPacked(Day).ShouldBeTrue();
        store.BytesOf(Day).ShouldBeLessThan(before / 2, "the records are much alike");
        store.Scan(Day, (_, _) => { }).Select(placed => placed.Location).ShouldBe(scanned);
        for (var i = 0; i < locations.Count; i++)
        {
            var record = Read(store, locations[i]);
            record.Position.ShouldBe(i + 1);
            Encoding.UTF8.GetString(record.Body.Span).ShouldBe(BodyOf(i + 1));
            Encoding.UTF8.GetString(record.Columns.Span).ShouldBe($"columns of {i + 1}");
        }
        store.Read(locations[3] with { Offset = locations[3].Offset + 1 }).ShouldBeOfType<PayloadReading.Gone>();
        using var again = Open(new(Day + 1, 1, 0, 1_000));
        again.IsPacked(Day).ShouldBeTrue();
        again.Scan(Day, (_, _) => { }).Count().ShouldBe(locations.Count);
    }

    [Fact]
    public void What_comes_for_a_day_that_was_packed_goes_to_a_segment_of_its_own_until_it_is_packed_again()
    {
        using var store = Open();
        FillDay(store);
        var late = AppendSome(store, 2_000).Locations[0];
        store.Pack(Day, CancellationToken.None);
        store.IsPacked(Day).ShouldBeTrue();

        var later = AppendSome(store, 3_000).Locations[0];

        later.Segment.ShouldBe(late.Segment + 1);
        store.IsPacked(Day).ShouldBeFalse();
        Read(store, late).Position.ShouldBe(2_000);
        Read(store, later).Position.ShouldBe(3_000);
        store.Pack(Day, CancellationToken.None);
        store.IsPacked(Day).ShouldBeTrue();
        Read(store, later).Position.ShouldBe(3_000);
    }

    [Fact]
    public void A_start_cuts_nothing_off_the_segment_of_the_last_batch_when_it_was_packed()
    {
        PayloadAppend last;
        using (var store = Open())
        {
            last = store.Append(Day, 1, [Frame(1, "last"), BatchEnd(1)]);
            AppendSome(store, 2_000);
            store.Pack(Day, CancellationToken.None);
        }

        using var again = Open(last.End);

        Read(again, last.Locations[0]).Position.ShouldBe(1);
    }

    [Fact]
    public void Records_of_a_packed_day_are_forgotten_before_the_others()
    {
        using var store = Open();
        var locations = FillDay(store);
        store.Pack(Day, CancellationToken.None);

        store.Thin(Day, Committed, record => record.Position % 2 == 0).ShouldBeGreaterThan(0);

        Read(store, locations[0]).Position.ShouldBe(1);
        store.Read(locations[1]).ShouldBeOfType<PayloadReading.Gone>();
        store.Scan(Day, (_, _) => { }).Select(placed => placed.Record.Position).ShouldAllBe(position => position % 2 == 1);
        store.Thin(Day, Committed, record => record.Position % 2 == 0).ShouldBe(0);
    }

    [Fact]
    public void Records_of_a_packed_day_are_forgotten_though_the_others_cannot_be_compressed()
    {
        var noise = new byte[20_000];
        new Random(1).NextBytes(noise);
        var incompressible = new PayloadRecord
        {
            Kind = PayloadKind.Item,
            Position = 2,
            ProjectId = 7,
            EventId = EventId.From(1, 2),
            Body = noise,
        };
        using var store = Open();
        var frames = new ReadOnlyMemory<byte>[] { Frame(1, new string('x', 200_000)), PayloadFrame.Write(incompressible) };
        var locations = store.Append(Day, 0, frames).Locations;
        store.Append(Day + 1, 0, [Frame(3, "next day")]);
        store.Pack(Day, CancellationToken.None);
        store.IsPacked(Day).ShouldBeTrue();

        store.Thin(Day, Committed, record => record.Position == 1).ShouldBeGreaterThan(0);

        store.Read(locations[0]).ShouldBeOfType<PayloadReading.Gone>();
        Read(store, locations[1]).Body.Span.SequenceEqual(noise).ShouldBeTrue();
    }

    [Fact]
    public void Records_of_a_packed_day_are_forgotten_though_a_block_of_it_is_damaged()
    {
        using var store = Open();
        var locations = FillDay(store);
        store.Pack(Day, CancellationToken.None);
        Flip(2_000);

        store.Thin(Day, Committed, record => record.Position % 2 == 0).ShouldBeGreaterThan(0);

        store.Read(locations[^1]).ShouldBeOfType<PayloadReading.Gone>();
        Read(store, locations[^2]).Position.ShouldBe(99);
        var damaged = 0L;
        store.Scan(Day, (_, bytes) => damaged += bytes).ShouldAllBe(placed => placed.Record.Position % 2 == 1);
        damaged.ShouldBe(0, "what was damaged is forgotten with the others");
    }

    [Fact]
    public void What_is_damaged_of_a_packed_day_is_forgotten_though_nothing_else_of_it_is()
    {
        using var store = Open();
        var locations = FillDay(store);
        store.Pack(Day, CancellationToken.None);
        Flip(2_000);
        store.Read(locations[0]).ShouldBeOfType<PayloadReading.Damaged>();
        var before = store.BytesOf(Day);

        store.Thin(Day, Committed, record => record.Position == 1);

        store.Read(locations[0]).ShouldBeOfType<PayloadReading.Gone>("the damaged block held it, readable in part");
        store.BytesOf(Day).ShouldBeLessThan(before);
        Read(store, locations[^1]).Position.ShouldBe(100);
    }

    [Fact]
    public void A_bit_that_flips_in_a_packed_day_costs_its_block_and_is_told()
    {
        using var store = Open();
        var locations = FillDay(store);
        store.Pack(Day, CancellationToken.None);
        Flip(2_000);

        var readings = locations.Select(location => store.Read(location)).ToList();

        readings[0].ShouldBeOfType<PayloadReading.Damaged>();
        readings[^1].ShouldBeOfType<PayloadReading.Found>("another block holds it");
        var damaged = 0L;
        var left = store.Scan(Day, (_, bytes) => damaged += bytes).Count();
        left.ShouldBe(readings.OfType<PayloadReading.Found>().Count());
        damaged.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_stop_while_a_day_is_packed_leaves_it_as_it_was_and_it_is_packed_later()
    {
        using var store = Open();
        var locations = FillDay(store);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var before = File.ReadAllBytes(Files.List(Home.Path, "*.seg")[0]);

        Should.Throw<OperationCanceledException>(() =>
            new SegmentFiles(Files, 1 << 20).Pack(Files.List(Home.Path, "*.seg")[0], Day, 1, PackingEffort.Quick, stop.Token)
        );

        File.ReadAllBytes(Files.List(Home.Path, "*.seg")[0]).ShouldBe(before);
        store.Pack(Day, CancellationToken.None);
        store.IsPacked(Day).ShouldBeTrue();
        Read(store, locations[^1]).Position.ShouldBe(100);
    }

    [Theory]
    [InlineData(nameof(PackingEffort.Quick))]
    [InlineData(nameof(PackingEffort.Thorough))]
    public void Records_come_back_from_a_block_whatever_was_spent_on_it(string effort)
    {
        using var packer = new BlockPacker(Enum.Parse<PackingEffort>(effort), blockBytes: 1 << 16);
        for (var round = 0; round < 2; round++)
        {
            var number = 0;
            while (!packer.IsFull)
            {
                number++;
                packer.Add(
                    new(Day, 1, number * 100, 100),
                    new()
                    {
                        Kind = PayloadKind.Item,
                        Position = number,
                        Body = Encoding.UTF8.GetBytes(BodyOf(number)),
                    }
                );
            }
            number.ShouldBeGreaterThan(1);
            var path = Path.Combine(Home.Path, $"{round}.block");
            File.WriteAllBytes(path, packer.Finish().Span);
            packer.IsEmpty.ShouldBeTrue();

            using var file = Files.Open(path, writable: false);
            var records = new PackedSegment(file, Day, 1).Records(withBodies: true).ToList();

            records.Count.ShouldBe(number);
            foreach (var placed in records)
            {
                Encoding.UTF8.GetString(placed.Record.Body.Span).ShouldBe(BodyOf(placed.Record.Position));
            }
        }
    }

    [Fact]
    public void A_damaged_head_hides_no_block_behind_it()
    {
        using var store = Open();
        var locations = FillDay(store);
        store.Pack(Day, CancellationToken.None);
        Flip(5);

        store.Read(locations[0]).ShouldBeOfType<PayloadReading.Damaged>();
        store.Read(locations[^1]).ShouldBeOfType<PayloadReading.Found>();
        store.Read(locations[0]).ShouldBeOfType<PayloadReading.Damaged>("it is told each time");
    }

    [Fact]
    public void A_packed_segment_is_known_by_its_other_blocks_when_its_first_bytes_are_damaged()
    {
        using var store = Open();
        var locations = FillDay(store);
        store.Pack(Day, CancellationToken.None);
        Flip(0);

        store.Read(locations[0]).ShouldBeOfType<PayloadReading.Damaged>();
        store.Read(locations[^1]).ShouldBeOfType<PayloadReading.Found>();
        store.Scan(Day, (_, _) => { }).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_damaged_segment_is_not_packed()
    {
        using var store = Open();
        FillDay(store);
        Flip(100);

        store.Pack(Day, CancellationToken.None);

        var damaged = 0L;
        store.Scan(Day, (_, bytes) => damaged += bytes).Count().ShouldBe(99);
        damaged.ShouldBeGreaterThan(0, "packed, it would be forgotten that something is missing");
    }
}
