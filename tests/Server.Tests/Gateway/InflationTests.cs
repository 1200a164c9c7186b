using System.Buffers;
using System.Text;
using Tocsin.Protocol;
using Tocsin.Server.Gateway.Bodies;

namespace Server.Tests.Gateway;

public sealed class InflationTests
{
    static readonly BodyLimits Limits = new(20 << 20, 100 << 20);
    static readonly byte[] Plain = Encoding.UTF8.GetBytes(
        string.Concat(Enumerable.Range(0, 20_000).Select(number => $"{{\"frame\":{number}}}\n"))
    );

    public static TheoryData<string> Codings => ["gzip", "deflate", "br", "zstd"];

    [Theory]
    [MemberData(nameof(Codings))]
    public void A_body_comes_out_as_it_was_in_whatever_pieces_it_arrives(string name)
    {
        var coded = Coded.As(Coding(name), Plain);
        foreach (var size in (int[])[1, 7, 1000, coded.Length])
        {
            var reader = new Collecting();
            Read([Coding(name)], coded, reader, size).ShouldBeNull();
            reader.Bytes.ShouldBe(Plain);
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void A_body_that_ends_too_early_is_refused(string name)
    {
        var coded = Coded.As(Coding(name), Plain);
        foreach (var length in (int[])[1, coded.Length / 2, coded.Length - 1])
        {
            var refusal = Read([Coding(name)], coded[..length], new Collecting()).ShouldNotBeNull();
            refusal.Status.ShouldBe(400);
            refusal.Cause.ShouldNotBeNull().ShouldContain("end of data");
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void A_body_with_a_wrong_byte_is_refused_or_read_as_the_codec_allows(string name)
    {
        var coded = Coded.As(Coding(name), Plain);
        coded[0] ^= 0xFF;
        coded[1] ^= 0xFF;
        Read([Coding(name)], coded, new Collecting()).ShouldNotBeNull().Status.ShouldBe(400);
    }

    [Fact]
    public void A_wrong_checksum_is_refused()
    {
        var gzip = Coded.Gzip(Plain);
        gzip[^5] ^= 1;
        Read([ContentCoding.Gzip], gzip, new Collecting()).ShouldNotBeNull().Cause.ShouldBe("gzip: invalid data");
        var zlib = Coded.As(ContentCoding.Deflate, Plain);
        zlib[^1] ^= 1;
        Read([ContentCoding.Deflate], zlib, new Collecting()).ShouldNotBeNull().Cause.ShouldBe("deflate: invalid data");
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void Bytes_behind_the_end_are_refused(string name)
    {
        byte[] coded = [.. Coded.As(Coding(name), Plain), .. "tail"u8];
        foreach (var size in (int[])[1, coded.Length - 2, coded.Length])
        {
            Read([Coding(name)], coded, new Collecting(), size).ShouldNotBeNull().Status.ShouldBe(400);
        }
    }

    /// <summary>In pieces it is zlib that judges; as a whole a small body is tried by libdeflate first.</summary>
    [Fact]
    public void A_small_gzip_body_is_judged_the_same_as_a_whole_and_in_pieces_whatever_is_wrong_with_it()
    {
        var gzip = Coded.Gzip(Plain.AsSpan(0, 3000));
        byte[] two = [.. gzip, .. Coded.Gzip(Plain.AsSpan(3000, 500))];
        var changed = Enumerable.Range(0, gzip.Length * 8).Select(bit => Flipped(gzip, bit));
        var cut = Enumerable.Range(0, two.Length).Select(length => two[..length]);
        byte[][] whole = [gzip, two, [.. two, 0], [.. two, 0x1F], [.. gzip, .. gzip, .. gzip]];
        foreach (var body in (byte[][])[.. changed, .. cut, .. whole])
        {
            var (atOnce, inPieces) = (new Collecting(), new Collecting());
            var refusal = Read([ContentCoding.Gzip], body, atOnce);
            refusal.ShouldBe(Read([ContentCoding.Gzip], body, inPieces, 1));
            if (refusal is null)
            {
                atOnce.Bytes.AsSpan().SequenceEqual(inPieces.Bytes).ShouldBeTrue();
            }
        }

        static byte[] Flipped(byte[] body, int bit)
        {
            byte[] flipped = [.. body];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            return flipped;
        }
    }

    [Fact]
    public void Raw_deflate_is_read_where_zlib_is_meant()
    {
        var reader = new Collecting();
        Read([ContentCoding.Deflate], Coded.RawDeflate(Plain), reader).ShouldBeNull();
        reader.Bytes.ShouldBe(Plain);
    }

    [Fact]
    public void Gzip_members_and_zstd_frames_may_follow_one_another()
    {
        var half = Plain.Length / 2;
        var reader = new Collecting();
        Read([ContentCoding.Gzip], [.. Coded.Gzip(Plain.AsSpan(0, half)), .. Coded.Gzip(Plain.AsSpan(half))], reader, 100)
            .ShouldBeNull();
        reader.Bytes.ShouldBe(Plain);
        reader = new Collecting();
        Read([ContentCoding.Zstd], [.. Coded.Zstd(Plain.AsSpan(0, half)), .. Coded.Zstd(Plain.AsSpan(half))], reader)
            .ShouldBeNull();
        reader.Bytes.ShouldBe(Plain);
    }

    [Fact]
    public void Empty_members_without_end_are_refused()
    {
        var empty = Convert.FromHexString("1F8B080000000000000303000000000000000000");
        var many = Enumerable.Repeat(empty, 1100).SelectMany(member => member).ToArray();
        Read([ContentCoding.Gzip], many, new Collecting()).ShouldNotBeNull().Status.ShouldBe(400);
    }

    [Fact]
    public void Nested_codings_are_undone_from_the_last_to_the_first()
    {
        var coded = Coded.As(ContentCoding.Zstd, Coded.As(ContentCoding.Brotli, Coded.Gzip(Plain)));
        ContentCodings.TryParse("gzip, br, zstd", out var codings).ShouldBeTrue();
        var reader = new Collecting();
        Read(codings, coded, reader, 50).ShouldBeNull();
        reader.Bytes.ShouldBe(Plain);
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void A_bomb_is_stopped_within_a_megabyte_and_with_little_memory(string name)
    {
        var bomb = Coded.Bomb(Coding(name), 1L << 28);

        // What decoding takes it takes each time; what the runtime books on this thread in between, under load, it does not.
        Enumerable.Range(0, 3).Min(_ => AllocatedUntilStopped(bomb)).ShouldBeLessThan(1 << 20);

        long AllocatedUntilStopped(byte[] body)
        {
            var reader = new Counting();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var refusal = Read([Coding(name)], body, reader, 4096).ShouldNotBeNull();
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            refusal.Status.ShouldBe(413);
            refusal.Message.ShouldBe(
                "envelope exceeded size limits for type 'envelope' (https://develop.sentry.dev/sdk/envelopes/#size-limits)"
            );
            // 4 KiB of the densest codec may already be some 100 MiB; the ratio stops it at one.
            reader.Total.ShouldBeLessThanOrEqualTo(2 << 20);
            return allocated;
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void A_bomb_inside_another_coding_is_stopped_as_well(string name)
    {
        var bomb = Coded.Bomb(Coding(name), 1L << 26);
        foreach (var outer in Enum.GetValues<ContentCoding>())
        {
            var reader = new Counting();
            Read([outer, Coding(name)], Coded.As(outer, bomb), reader).ShouldNotBeNull().Status.ShouldBe(413);
            reader.Total.ShouldBeLessThanOrEqualTo(2 << 20);
        }
    }

    [Fact]
    public void Data_that_compresses_badly_is_still_bounded_by_its_size()
    {
        var noise = new byte[3 << 20];
        Random.Shared.NextBytes(noise);
        var reader = new Counting();
        Read([ContentCoding.Gzip], Coded.Gzip(noise), reader, limits: Limits with { Inflated = 2 << 20 })
            .ShouldNotBeNull()
            .Status.ShouldBe(413);
        reader.Total.ShouldBeLessThanOrEqualTo(2 << 20);
        Read([], noise, new Counting(), 1000, Limits with { Inflated = 2 << 20 }).ShouldNotBeNull().Status.ShouldBe(413);
    }

    [Fact]
    public void A_window_larger_than_8_MiB_is_refused()
    {
        // The frame header asks for a window of 2^27 bytes; the block behind it is empty.
        byte[] frame = [0x28, 0xB5, 0x2F, 0xFD, 0x00, (27 - 10) << 3, 0x01, 0x00, 0x00];
        Read([ContentCoding.Zstd], frame, new Counting()).ShouldNotBeNull().Status.ShouldBe(400);
    }

    [Fact]
    public void A_decoder_that_met_a_broken_body_serves_the_next_one()
    {
        foreach (var coding in Enum.GetValues<ContentCoding>())
        {
            var coded = Coded.As(coding, Plain);
            for (var round = 0; round < 20; round++)
            {
                Read([coding], coded[..(coded.Length / 2)], new Counting()).ShouldNotBeNull();
                var reader = new Collecting();
                Read([coding], coded, reader).ShouldBeNull();
                reader.Bytes.AsSpan().SequenceEqual(Plain).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void The_worker_reads_what_the_gateway_took()
    {
        var coded = Coded.As(ContentCoding.Brotli, Coded.Gzip(Plain));
        using var arena = new BodyArena();
        BodyInflater.Inflate("gzip, br", coded, Limits, arena).ToArray().ShouldBe(Plain);
        BodyInflater.Inflate("", Plain, Limits, arena).ShouldBe(Plain);
        Should.Throw<InvalidDataException>(() => BodyInflater.Inflate("gzip", Plain, Limits, arena));
        Should.Throw<InvalidDataException>(() =>
            BodyInflater.Inflate("gzip", Coded.Bomb(ContentCoding.Gzip, 1 << 26), Limits, arena)
        );
    }

    static ContentCoding Coding(string name) =>
        ContentCodings.TryParse(name, out var codings) ? codings[0] : throw new ArgumentException(name);

    static Refusal? Read(
        IReadOnlyList<ContentCoding> codings,
        byte[] body,
        PlainReader reader,
        int pieces = int.MaxValue,
        BodyLimits? limits = null
    )
    {
        using var inflation = new Inflation(codings, limits ?? Limits, reader);
        for (var from = 0; from < body.Length; from += pieces)
        {
            if (inflation.Push(body.AsSpan(from, Math.Min(pieces, body.Length - from))) is { } refusal)
            {
                return refusal;
            }
        }
        return inflation.Complete();
    }

    sealed class Collecting : PlainReader
    {
        readonly ArrayBufferWriter<byte> bytes = new();

        public byte[] Bytes => bytes.WrittenSpan.ToArray();

        public override Refusal? Take(ReadOnlySpan<byte> piece)
        {
            bytes.Write(piece);
            return null;
        }

        public override Refusal? Complete() => null;
    }

    sealed class Counting : PlainReader
    {
        public long Total { get; private set; }

        public override Refusal? Take(ReadOnlySpan<byte> piece)
        {
            Total += piece.Length;
            return null;
        }

        public override Refusal? Complete() => null;
    }
}
