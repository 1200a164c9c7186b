using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Server.Tests.Gateway;
using Tocsin.Server.Gateway;

namespace Server.Tests.Overload;

public sealed class AddressLimitTests
{
    const string Request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    [Fact]
    public async Task One_connection_more_than_an_address_may_have_is_closed_and_a_closed_one_makes_room()
    {
        await using var app = await ServeAsync(new() { AddressConnections = 2 });
        var address = new Uri(app.Urls.Single());
        using var first = await ConnectedAsync(address);
        using var second = await ConnectedAsync(address);
        using var third = new RawHttp(address);

        (await AskAsync(third)).ShouldBeNull("closed without an answer");
        (await AskAsync(first)).ShouldBe(200);
        first.Dispose();

        for (var tries = 0; ; tries++)
        {
            using var next = new RawHttp(address);
            if (await AskAsync(next) == 200)
            {
                break;
            }
            tries.ShouldBeLessThan(600);
            await Task.Delay(50);
        }
        (await AskAsync(second)).ShouldBe(200);
    }

    [Fact]
    public async Task A_named_proxy_stands_for_many()
    {
        await using var app = await ServeAsync(new() { AddressConnections = 1 }, IPAddress.Loopback);
        var address = new Uri(app.Urls.Single());
        using var first = await ConnectedAsync(address);
        using var second = await ConnectedAsync(address);

        (await AskAsync(second)).ShouldBe(200);
    }

    static async Task<RawHttp> ConnectedAsync(Uri address)
    {
        var http = new RawHttp(address);
        (await AskAsync(http)).ShouldBe(200);
        return http;
    }

    /// <summary>Null: the connection was closed.</summary>
    static async Task<int?> AskAsync(RawHttp http)
    {
        try
        {
            await http.SendAsync(Request);
            return (await http.ReceiveAsync())?.Status;
        }
        catch (Exception closed) when (closed is IOException or SocketException)
        {
            return null;
        }
    }

    static async Task<WebApplication> ServeAsync(GatewayOptions options, params IReadOnlyCollection<IPAddress> proxies)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            AddressLimit.Apply(kestrel, options, proxies);
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        app.MapGet("/", () => Results.Text("here"));
        await app.StartAsync();
        return app;
    }
}
