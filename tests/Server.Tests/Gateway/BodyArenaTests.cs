using Tocsin.Server.Gateway.Bodies;

namespace Server.Tests.Gateway;

public sealed class BodyArenaTests
{
    [Fact]
    public void Bodies_of_every_size_stay_as_they_were_whoever_adds_beside_them()
    {
        using var arena = new BodyArena();
        var sizes = Enumerable.Range(0, 400).Select(i => i * i % 300_007).Append(0).Append(3 << 20).ToArray();
        var kept = new ReadOnlyMemory<byte>[sizes.Length];

        Parallel.For(0, sizes.Length, i => kept[i] = arena.Keep(BodyOf(i, sizes[i])));

        for (var i = 0; i < sizes.Length; i++)
        {
            kept[i].Span.SequenceEqual(BodyOf(i, sizes[i])).ShouldBeTrue($"body {i} of {sizes[i]} bytes");
        }
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
