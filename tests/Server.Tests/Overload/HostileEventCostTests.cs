using Server.Tests.Corpus;
using Server.Tests.Gateway;

namespace Server.Tests.Overload;

/// <summary>What an event costs is in proportion to its bytes, however it is made. They measure what the whole process allocates.</summary>
[Collection(nameof(BombTests))]
public sealed class HostileEventCostTests
{
    /// <summary>Reading it once more into a buffer that doubles costs twice its bytes; the sender's part is in it, too.</summary>
    const int Times = 40;

    [Theory]
    [InlineData("a hundred thousand levels")]
    [InlineData("a million keys")]
    [InlineData("a hundred thousand tags")]
    public async Task It_allocates_in_proportion_to_its_bytes(string name)
    {
        var payload = name switch
        {
            "a million keys" => HostileEventTests.Keys(1_000_000),
            "a hundred thousand levels" => HostileEventTests.Nested(100_000),
            _ => HostileEventTests.Tags(100_000),
        };
        await using var server = await WholeServer.StartAsync();
        // What is made once is no part of it.
        await HostileEventTests.SendAsync(server, """{"tags":{"a":1},"extra":{"a":{"b":1}}}""");
        await server.DrainAsync();
        var before = GC.GetTotalAllocatedBytes();

        var status = await HostileEventTests.SendAsync(server, payload);
        await server.DrainAsync();

        var allocated = GC.GetTotalAllocatedBytes() - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {status}, {payload.Length} bytes, {allocated} allocated");
        allocated.ShouldBeLessThan(Times * (long)payload.Length);
    }
}
