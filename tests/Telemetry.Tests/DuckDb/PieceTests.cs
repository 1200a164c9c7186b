using Tocsin.Telemetry.DuckDb;

namespace Telemetry.Tests.DuckDb;

public sealed class PieceTests
{
    [Fact]
    public void Pieces_hold_every_part_once_and_no_more_rows_than_asked_for()
    {
        (long, long, long)[] parts = [(1, 5, 40), (1, 9, 40), (1, 10, 30), (2, 1, 500), (3, 1, 1), (3, 2, 1)];

        Piece.Cut(parts, 100).ShouldBe([new((1, 5), (1, 9)), new((1, 10), (1, 10)), new((2, 1), (2, 1)), new((3, 1), (3, 2))]);
    }

    [Fact]
    public void Nothing_is_cut_into_nothing() => Piece.Cut([], 100).ShouldBeEmpty();
}
