using Tocsin.Telemetry.DuckDb.Native;

namespace Telemetry.Tests.DuckDb;

public class PackedCountsTests
{
    /// <summary>The first and the last key, distances of one byte and of more, weights of every form.</summary>
    static readonly BucketCount[] Counts =
    [
        new(1, 0),
        new(2, 1),
        new(0.3f, 62),
        new(1, 126),
        new((1 << 20) - 1, 127),
        new(1 << 20, 4_000),
        new(1e30f, BucketCount.Keys - 2),
        new(1, BucketCount.Keys - 1),
    ];

    static byte[] Packed(ReadOnlySpan<BucketCount> counts)
    {
        var bytes = new byte[PackedCounts.MostBytes * counts.Length];
        return bytes[..PackedCounts.Write(counts, bytes)];
    }

    static BucketCount[] Read(params IEnumerable<byte> packed)
    {
        var sums = new BucketSums();
        PackedCounts.AddTo(sums, [.. packed]);
        return [.. sums.Take()];
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        Read(Packed(Counts)).ShouldBe(Counts);
        Packed([]).ShouldBeEmpty();
        Read([]).ShouldBeEmpty();
        Packed([new(1, 0), new(1, 60), new(1, 123)]).Length.ShouldBe(4, "a byte for each, and one for the end");
    }

    [Fact]
    public void Bytes_one_behind_the_other_are_added_up()
    {
        var twice = Counts.Select(count => count with { Weight = 2 * count.Weight });

        Read([.. Packed(Counts), .. Packed([]), .. Packed(Counts)]).ShouldBe(twice);
    }

    [Fact]
    public void Together_they_are_never_more_bytes_than_one_behind_the_other()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var parts = Enumerable
                .Range(0, random.Next(1, 6))
                .Select(_ =>
                    Packed([
                        .. Enumerable
                            .Range(0, random.Next(1, 40))
                            .Select(_ => random.Next(BucketCount.Keys) >> random.Next(12))
                            .Distinct()
                            .Order()
                            .Select(key => Counts[random.Next(Counts.Length)] with { Key = key }),
                    ])
                )
                .ToList();
            byte[] all = [.. parts.SelectMany(part => part)];

            Packed(Read(all)).Length.ShouldBeLessThanOrEqualTo(all.Length);
        }
    }

    [Fact]
    public void What_a_damaged_file_cut_off_is_left_out()
    {
        var whole = Packed(Counts);
        for (var length = 0; length < whole.Length; length++)
        {
            var read = Read(whole[..length]);

            read.SkipLast(1).ShouldBe(Counts.Take(Math.Max(0, read.Length - 1)), $"of {length} bytes");
        }
    }
}
