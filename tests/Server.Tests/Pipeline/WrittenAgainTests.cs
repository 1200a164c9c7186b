using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Pipeline;

/// <summary>What a failed append left behind is whole at times; a rebuild counts what was written again, and only that.</summary>
public sealed class WrittenAgainTests
{
    [Fact]
    public void What_a_newer_segment_holds_too_is_passed_over()
    {
        var again = new WrittenAgain();

        again.Covers(Item(2, 20)).ShouldBeFalse();
        again.Covers(Batch(2, 20, 35)).ShouldBeFalse();
        again.Covers(Item(1, 10)).ShouldBeFalse();
        again.Covers(Batch(1, 10, 20)).ShouldBeFalse();
        again.Covers(Item(1, 20)).ShouldBeTrue();
        again.Covers(Item(1, 25)).ShouldBeTrue();
        again.Covers(Batch(1, 20, 30)).ShouldBeTrue("it was cut otherwise when it was written again");
    }

    static PlacedRecord Item(int segment, long position) =>
        new(new(20261120, segment, position, 1), new() { Kind = PayloadKind.Item, Position = position });

    static PlacedRecord Batch(int segment, long previous, long position) =>
        new(
            new(20261120, segment, position, 1),
            new()
            {
                Kind = PayloadKind.Batch,
                Position = position,
                Previous = previous,
            }
        );
}
