using Faults;
using Tocsin.Server.Payloads;

namespace Server.Tests.Payloads;

/// <summary>
/// Flipped bits, cuts, zeroed pages and files in each other's place, over segments as they were written and over packed ones: a record is given
/// out as it was written or not at all, and what the damage did not touch is there, again and again.
/// </summary>
public sealed class PayloadDamageTests
{
    const int Page = 4096;

    static readonly bool Long = Environment.GetEnvironmentVariable("TOCSIN_LONG") == "1";
    static readonly int Damages = Long ? 10_000 : 400;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Damage_costs_the_records_it_touches_and_gives_out_no_other(bool packed)
    {
        var segments = new SomeSegments();
        if (packed)
        {
            using var store = segments.Open(segments.Disk);
            store.Pack(SomeSegments.Day, CancellationToken.None);
        }
        var places = segments.OfDay.ToDictionary(placed => placed.Location, placed => PlaceOf(segments.Disk, placed.Location));
        var chance = new Random(1);
        var costs = 0;
        for (var number = 0; number < Damages; number++)
        {
            var disk = segments.Disk.Copy();
            var (what, touches) = DamageTo(disk, chance);
            using var store = segments.Open(disk);
            foreach (var (location, record) in segments.OfDay)
            {
                var touched = touches(places[location]);
                costs += touched ? 1 : 0;
                var why = $"damage {number}, {what}: {location}";
                Check(store.Read(location, found => found.EventId == record.EventId), record, touched, why);
                Check(store.Read(location, found => found.EventId == record.EventId), record, touched, $"{why}, again");
            }
            foreach (var (_, scanned) in store.Scan(SomeSegments.Day, (_, _) => { }).Where(placed => IsItem(placed.Record)))
            {
                scanned
                    .Columns.Span.SequenceEqual(segments.Columns(scanned.EventId).Span)
                    .ShouldBeTrue($"damage {number}, {what}");
            }
        }
        costs.ShouldBeGreaterThan(Damages, "most damages touch a record");
        TestContext.Current.TestOutputHelper?.WriteLine($"{Damages} damages, which touched {costs} records");
    }

    [Fact]
    public void Segments_in_each_other_s_place_give_out_nobody_else_s_record()
    {
        var segments = new SomeSegments();
        using var store = segments.Open(segments.Disk);
        store.Pack(SomeSegments.Day, CancellationToken.None);
        var paths = SomeSegments.PathsOfDay(segments.Disk);
        var first = segments.OfDay.First(placed => placed.Location is { Segment: 1, Offset: 0 });
        Swap(segments.Disk, paths[0], paths[1]);

        store
            .Read(first.Location)
            .ShouldBeOfType<PayloadReading.Found>("a record lies there")
            .Record.EventId.ShouldNotBe(first.Record.EventId);
        store
            .Read(first.Location, record => record.EventId == first.Record.EventId)
            .ShouldBeOfType<PayloadReading.Damaged>()
            .Reason.ShouldContain("is another one");
    }

    static void Check(PayloadReading reading, PayloadRecord record, bool touched, string why)
    {
        if (reading is PayloadReading.Found { Record: var found })
        {
            found.Body.Span.SequenceEqual(record.Body.Span).ShouldBeTrue($"{why}: another body");
            found.Columns.Span.SequenceEqual(record.Columns.Span).ShouldBeTrue($"{why}: other columns");
        }
        else
        {
            touched.ShouldBeTrue($"{why} is {reading}");
        }
    }

    /// <summary>The bytes that hold a record: its own, or of a packed segment the block's.</summary>
    static Place PlaceOf(MemoryDisk disk, PayloadLocation location)
    {
        var path = SomeSegments
            .PathsOfDay(disk)
            .Single(path => path.EndsWith($"-{location.Segment:D6}.seg", StringComparison.Ordinal));
        using var file = disk.Open(path, writable: false);
        if (!PackedSegment.Is(file))
        {
            return new(path, location.Offset, location.Offset + location.Length);
        }
        var (at, block) = new PackedSegment(file, location.Day, location.Segment)
            .Index()
            .Blocks.Single(one => one.Block.Entries.Any(entry => entry.Offset == location.Offset));
        return new(path, at, at + block.Length);
    }

    static (string What, Func<Place, bool> Touches) DamageTo(MemoryDisk disk, Random chance)
    {
        var paths = SomeSegments.PathsOfDay(disk);
        var path = paths[chance.Next(paths.Count)];
        var length = disk.Content(path).Length;
        var at = chance.Next(length);
        switch (chance.Next(4))
        {
            case 0:
                var bit = (byte)(1 << chance.Next(8));
                disk.Damage(path, bytes => Changed(bytes, at, 1, one => (byte)(one ^ bit)));
                return ($"flipped bit at {at} of {path}", place => place.Overlaps(path, at, at + 1));
            case 1:
                disk.Damage(path, bytes => bytes[..at]);
                return ($"{path} cut at {at}", place => place.Overlaps(path, at, length));
            case 2:
                var page = at / Page * Page;
                disk.Damage(path, bytes => Changed(bytes, page, Page, _ => 0));
                return ($"zeroed page at {page} of {path}", place => place.Overlaps(path, page, page + Page));
            default:
                var other = paths[chance.Next(paths.Count)];
                Swap(disk, path, other);
                return ($"{path} and {other} swapped", place => path != other && (place.Path == path || place.Path == other));
        }
    }

    static void Swap(MemoryDisk disk, string path, string other)
    {
        var (one, two) = (disk.Content(path), disk.Content(other));
        disk.Damage(path, _ => two);
        disk.Damage(other, _ => one);
    }

    static byte[] Changed(byte[] bytes, int at, int count, Func<byte, byte> change)
    {
        for (var i = at; i < Math.Min(bytes.Length, at + count); i++)
        {
            bytes[i] = change(bytes[i]);
        }
        return bytes;
    }

    static bool IsItem(PayloadRecord record) => record.Kind == PayloadKind.Item;

    sealed record Place(string Path, long From, long To)
    {
        public bool Overlaps(string path, long from, long to) => Path == path && From < to && from < To;
    }
}
