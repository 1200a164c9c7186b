using System.Text;
using Faults;
using Tocsin.Journal;
using Tocsin.Journal.Segments;

namespace Journal.Tests.Failures;

/// <summary>Damage that comes after the sync: it is always noticed, and costs the records it touches and no others.</summary>
public sealed class DamageTests
{
    const int Count = 40;

    static readonly SegmentJournalOptions Options = new()
    {
        Directory = "/data/journal",
        SegmentBytes = 4096,
        ReserveBytes = 0,
    };

    readonly MemoryDisk disk = new();

    [Fact]
    public async Task Any_flipped_bit_costs_at_most_the_record_it_lies_in()
    {
        var appended = await AppendAsync();
        var segment = Segments[1];
        var whole = disk.Content(segment);

        // The file's header, the records' headers and payloads: a prime step meets every kind of byte.
        for (var at = 0; at < whole.Length; at += 3)
        {
            var flipped = at;
            disk.Damage(segment, bytes => Flip(bytes, flipped));
            await ExpectAsync(appended, atMostLost: 1);
            disk.Damage(segment, _ => [.. whole]);
        }
    }

    [Fact]
    public async Task A_zeroed_sector_costs_the_records_on_it()
    {
        var appended = await AppendAsync();
        foreach (var segment in Segments[..^1])
        {
            var whole = disk.Content(segment);
            for (var sector = 0; sector + 512 <= whole.Length; sector += 512)
            {
                var from = sector;
                disk.Damage(segment, bytes => Zero(bytes, from, 512));
                // Records here are some 100 to 400 bytes long.
                await ExpectAsync(appended, atMostLost: 6);
                disk.Damage(segment, _ => [.. whole]);
            }
        }
    }

    [Fact]
    public async Task A_shortened_segment_in_the_middle_costs_what_was_cut()
    {
        var appended = await AppendAsync();
        disk.Damage(Segments[1], bytes => bytes[..(bytes.Length / 2)]);

        var (read, lost) = await ExpectAsync(appended, atMostLost: Count / 2);

        lost.ShouldBeGreaterThan(0);
        read.Gaps.ShouldHaveSingleItem().Reason.ShouldBe("missing");
    }

    [Fact]
    public async Task A_lost_segment_is_noticed()
    {
        var appended = await AppendAsync();
        disk.Delete(Segments[1]);

        var (read, lost) = await ExpectAsync(appended, atMostLost: Count / 2);

        lost.ShouldBeGreaterThan(0);
        read.Gaps.ShouldHaveSingleItem().Reason.ShouldBe("missing");
    }

    [Fact]
    public async Task Swapped_segments_show_none_of_their_records_at_the_wrong_place()
    {
        var appended = await AppendAsync();
        var (first, second) = (disk.Content(Segments[0]), disk.Content(Segments[1]));
        disk.Damage(Segments[0], _ => second);
        disk.Damage(Segments[1], _ => first);

        var (_, lost) = await ExpectAsync(appended, atMostLost: Count);

        lost.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_block_copied_to_another_place_is_not_taken_for_records()
    {
        var appended = await AppendAsync();
        disk.Damage(Segments[1], bytes => [.. bytes[..2048], .. bytes[..^2048]]);

        await ExpectAsync(appended, atMostLost: Count);
    }

    [Fact]
    public async Task Every_length_of_a_torn_last_record_is_cut_off_and_nothing_before_it_is_lost()
    {
        var appended = await AppendAsync();
        var last = Segments[^1];
        var whole = disk.Content(last);
        var begin = (int)(appended[^1].Position - Start(last));
        for (var length = begin; length < whole.Length; length++)
        {
            var cut = length;
            var copy = disk.Copy();
            copy.Damage(last, bytes => bytes[..cut]);
            await using var journal = SegmentJournal.Open(Options, copy, TimeProvider.System);
            var next = await journal.AppendAsync(Some.Record("next"), CancellationToken.None);

            var read = await Reading.AllAsync(journal);

            read.Texts.SkipLast(1).ShouldBe(appended.Select(record => record.Text).SkipLast(1));
            read.Texts.Last().ShouldBe("next");
            read.Gaps.ShouldBeEmpty();
            journal.TornTail.ShouldBe(
                cut == begin ? null : new JournalGap(appended[^1].Position, Start(last) + cut, "torn tail")
            );
            next.ShouldBeGreaterThan(appended[^2].Position);
        }
    }

    [Fact]
    public async Task Bytes_that_a_client_sent_are_never_taken_for_records()
    {
        await using var journal = SegmentJournal.Open(Options, disk, TimeProvider.System);
        await journal.AppendAsync(Some.Record("first"), CancellationToken.None);
        var forged = disk.Content(Segments[0])[32..];
        var carrier = await journal.AppendAsync(new([.. forged, .. forged, .. forged, .. forged]), CancellationToken.None);
        await journal.AppendAsync(Some.Record("last"), CancellationToken.None);
        disk.Damage(Segments[0], bytes => Flip(bytes, (int)carrier + 1));

        var read = await Reading.AllAsync(journal);

        read.Texts.ShouldBe(["first", "last"]);
        read.Gaps.ShouldHaveSingleItem().From.ShouldBe(carrier);
    }

    [Fact]
    public async Task A_reader_that_starts_at_the_damage_reports_it_too()
    {
        var appended = await AppendAsync();
        var damaged = appended[20];
        var segment = Segments.Last(path => Start(path) <= damaged.Position);
        disk.Damage(segment, bytes => Flip(bytes, (int)(damaged.Position - Start(segment)) + 2));
        await using var journal = SegmentJournal.Open(Options, disk, TimeProvider.System);

        var read = await Reading.AllAsync(journal, from: damaged.Position);

        read.Records[0].Position.ShouldBe(appended[21].Position);
        read.Gaps.ShouldHaveSingleItem()
            .ShouldBe(new JournalGap(damaged.Position, appended[21].Position, "damaged record header"));
    }

    [Fact]
    public async Task Files_that_are_no_segments_are_left_alone()
    {
        var appended = await AppendAsync();
        disk.Create("/data/journal/notes.segment").Dispose();
        disk.Create("/data/journal/99999999999999999999.segment").Dispose();

        await ExpectAsync(appended, atMostLost: 0);
        disk.Exists("/data/journal/notes.segment").ShouldBeTrue();
    }

    [Fact]
    public async Task A_log_of_a_newer_format_is_refused_untouched()
    {
        await AppendAsync();
        var last = Segments[^1];
        disk.Damage(
            last,
            bytes =>
            {
                bytes[4] = 2;
                BitConverter.TryWriteBytes(bytes.AsSpan(24), Crc32C.OfAt(Start(last), bytes.AsSpan(0, 24))).ShouldBeTrue();
                return bytes;
            }
        );
        var before = disk.Content(last);

        Should
            .Throw<InvalidDataException>(() => SegmentJournal.Open(Options, disk, TimeProvider.System))
            .Message.ShouldContain("format 2, which a newer Tocsin wrote");
        disk.Content(last).ShouldBe(before);
    }

    string[] Segments => [.. disk.List(Options.Directory, "*.segment")];

    static long Start(string segment) =>
        long.Parse(Path.GetFileNameWithoutExtension(segment), System.Globalization.CultureInfo.InvariantCulture);

    async Task<List<(long Position, string Text)>> AppendAsync()
    {
        await using var journal = SegmentJournal.Open(Options, disk, TimeProvider.System);
        var appended = new List<(long, string)>();
        for (var i = 0; i < Count; i++)
        {
            var text = $"record {i} {new string('x', 100 + i * 57 % 300)}";
            appended.Add((await journal.AppendAsync(Some.Record(text), CancellationToken.None), text));
        }
        return appended;
    }

    /// <summary>What is read is what was written, minus a few; and every record that is missing lies in a reported gap.</summary>
    async Task<(Reading Read, int Lost)> ExpectAsync(List<(long Position, string Text)> appended, int atMostLost)
    {
        var copy = disk.Copy();
        await using var journal = SegmentJournal.Open(Options, copy, TimeProvider.System);
        var read = await Reading.AllAsync(journal);
        var records = read.Records.Select(record => (record.Position, Encoding.UTF8.GetString(record.Bytes))).ToList();
        records.Except(appended).ShouldBeEmpty();
        records.ShouldBe(records.OrderBy(record => record.Position));
        var lost = appended.Except(records).ToList();
        lost.Count.ShouldBeLessThanOrEqualTo(atMostLost);
        lost.ShouldAllBe(record => read.Gaps.Any(gap => gap.From <= record.Position && record.Position < gap.To));
        return (read, lost.Count);
    }

    static byte[] Flip(byte[] bytes, int at)
    {
        bytes[at] ^= 0x10;
        return bytes;
    }

    static byte[] Zero(byte[] bytes, int from, int count)
    {
        bytes.AsSpan(from, count).Clear();
        return bytes;
    }
}
