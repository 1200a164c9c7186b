using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tocsin.Server.Gateway.Bodies;

namespace Server.Tests.Gateway;

/// <summary>They measure what the whole process allocates, so nothing may run beside them.</summary>
[CollectionDefinition(nameof(BombTests), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(BombTests))]
public sealed class BombTests
{
    const string Event = "{}\n{\"type\":\"event\"}\n{}";

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("gzip, br")]
    [InlineData("zstd, zstd")]
    public async Task A_bomb_costs_no_more_memory_than_it_weighs(string encoding)
    {
        await using var gateway = await SomeGateway.StartAsync();
        ContentCodings.TryParse(encoding, out var codings).ShouldBeTrue();
        const long size = 1L << 28;
        var bomb = Coded.Bomb(codings[^1], size, $"{{}}\n{{\"type\":\"attachment\",\"length\":{90 << 20}}}\n");
        foreach (var outer in codings.Reverse().Skip(1))
        {
            bomb = Coded.As(outer, bomb);
        }
        await gateway.SendAsync(Event);
        var before = GC.GetTotalAllocatedBytes();

        for (var i = 0; i < 5; i++)
        {
            var answer = await gateway.PostAsync(
                "/api/42/envelope/",
                bomb,
                ("X-Sentry-Auth", SomeGateway.Auth),
                ("Content-Encoding", encoding)
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        }

        // 256 MiB each time: neither side may have held a tenth of one.
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(25 << 20);
        gateway.Services.GetRequiredService<BodyBudget>().Held.ShouldBe(0);
    }

    [Fact]
    public async Task A_bomb_that_grows_a_million_times_costs_no_more_either()
    {
        await using var gateway = await SomeGateway.StartAsync();
        const long size = 1L << 34;
        var inner = Coded.Bomb(ContentCoding.Zstd, size, $"{{}}\n{{\"type\":\"attachment\",\"length\":{90 << 20}}}\n");
        var bomb = Coded.As(ContentCoding.Zstd, inner);
        (size / bomb.Length).ShouldBeGreaterThan(1_000_000);
        await gateway.SendAsync(Event);
        var before = GC.GetTotalAllocatedBytes();

        var answer = await gateway.PostAsync(
            "/api/42/envelope/",
            bomb,
            ("X-Sentry-Auth", SomeGateway.Auth),
            ("Content-Encoding", "zstd, zstd")
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(5 << 20);
        gateway.Services.GetRequiredService<BodyBudget>().Held.ShouldBe(0);
    }
}
