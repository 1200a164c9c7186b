using System.Net.Sockets;

namespace Tocsin.Server.Hosting.Checks;

static class PortCheck
{
    public static async Task<Finding> RunAsync(ServerOptions options, CancellationToken cancellation)
    {
        try
        {
            using var listener = new TcpListener(options.Listen);
            listener.Start();
            return new("port", $"{options.Listen} is free");
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return await IsTocsinAsync(options, cancellation)
                ? new("port", $"{options.Listen} is served by a running Tocsin")
                : new(
                    "port",
                    $"{options.Listen} is taken by another program",
                    $"Stop that program, or choose another port with {Setting.Listen.Variable}."
                );
        }
        catch (SocketException exception)
        {
            return new(
                "port",
                $"{options.Listen}: {exception.Message}",
                $"Choose an address of this machine with {Setting.Listen.Variable}."
            );
        }
    }

    static async Task<bool> IsTocsinAsync(ServerOptions options, CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            return (await http.GetStringAsync($"http://{options.Listen}/_health/", cancellation)).Trim() == "ok";
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
