using System.Buffers;
using Tocsin.Journal;

namespace Journal.Tests;

public sealed class Crc32CTests
{
    [Fact]
    public void The_check_value_of_the_standard_is_met() => Crc32C.Of("123456789"u8).ShouldBe(0xE3069283);

    [Fact]
    public void Thirty_two_zero_bytes_give_the_value_of_rfc_3720() => Crc32C.Of(new byte[32]).ShouldBe(0x8A9136AA);

    [Fact]
    public void The_parts_of_a_record_give_the_same_as_the_whole()
    {
        var whole = Some.Record(1000, seed: 3);
        var bytes = whole.ToArray();
        var first = new Part(bytes.AsMemory(0, 13), null);
        var second = new Part(bytes.AsMemory(13, 500), first);
        var last = new Part(bytes.AsMemory(513), second);

        Crc32C.Of(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length)).ShouldBe(Crc32C.Of(bytes));
    }

    [Fact]
    public void The_same_bytes_elsewhere_do_not_match() => Crc32C.OfAt(8, "record"u8).ShouldNotBe(Crc32C.OfAt(16, "record"u8));

    sealed class Part : ReadOnlySequenceSegment<byte>
    {
        public Part(ReadOnlyMemory<byte> memory, Part? previous)
        {
            Memory = memory;
            RunningIndex = previous is null ? 0 : previous.RunningIndex + previous.Memory.Length;
            if (previous is not null)
            {
                previous.Next = this;
            }
        }
    }
}
