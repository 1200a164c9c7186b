using System.Globalization;
using System.Net;
using Bench.Load;
using Tocsin.Server.Hosting;
using Tocsin.Server.Pipeline;

namespace Bench.Yardsticks;

/// <summary>
/// The product without its worker: what the way to the durable answer costs by itself, which is what yardstick <c>b</c> is compared with. What is
/// measured of the whole product shares the processors with the digestion of what it accepts.
/// </summary>
static class GatewayAlone
{
    public static async Task<int> ServeAsync(string port, string directory)
    {
        var listen = new IPEndPoint(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
        var options = new ServerOptions
        {
            Data = directory,
            Listen = listen,
            Url = new($"http://{listen}"),
            BootstrapKey = Destination.First.Key,
            BootstrapProjectId = 42,
        };
        await using var app = TocsinApp.Build(
            options,
            builder => builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(Worker)))
        );
        await app.PrepareAsync(CancellationToken.None);
        await app.RunAsync();
        return 0;
    }
}
