using Tocsin.Server.Gateway.Bodies;

namespace Server.Tests.Gateway;

public sealed class BodyArenaTests
{
    [Fact]
    public void Bodies_of_every_size_stay_as_they_were_whoever_adds_beside_them()
    {
        using var arena = new BodyArena();
        int[] sizes = [0, 1, 40, 3_000, 140_000, 3 << 20];
        var bodies = sizes.Select((size, i) => BodyOf(i, size)).ToArray();
        // Enough that they meet: nearly all are small, as only taking room is at stake.
        var kept = new (int Body, ReadOnlyMemory<byte> Memory)[200_000];

        Parallel.For(
            0,
            kept.Length,
            i =>
            {
                var body = i % 20_000 == 0 ? 4 + (i / 20_000 % 2) : i % 4;
                kept[i] = (body, arena.Keep(bodies[body]));
            }
        );

        kept.Count(one => !one.Memory.Span.SequenceEqual(bodies[one.Body])).ShouldBe(0);
    }

    [Fact]
    public void What_went_makes_room_for_what_comes()
    {
        using var arena = new BodyArena();
        for (var batch = 0; batch < 3; batch++)
        {
            var kept = Enumerable.Range(0, 100).Select(i => arena.Keep(BodyOf(i, 30_000))).ToList();
            kept[99].Span.SequenceEqual(BodyOf(99, 30_000)).ShouldBeTrue();
            arena.Dispose();
        }
    }

    static byte[] BodyOf(int number, int size)
    {
        var body = new byte[size];
        new Random(number).NextBytes(body);
        return body;
    }
}
