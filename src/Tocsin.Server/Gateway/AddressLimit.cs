using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tocsin.Server.Gateway;

/// <summary>
/// How many connections one address may hold open; one more is closed at once, before a byte of it is read. Proxies that the settings name
/// stand for many clients and hold as many as they like.
/// </summary>
sealed class AddressLimit(int most, IReadOnlyCollection<IPAddress> proxies)
{
    readonly ConcurrentDictionary<IPAddress, int> open = new();

    /// <summary>Addresses with open connections.</summary>
    public int Addresses => open.Count;

    /// <summary>For all listeners that are added after it, counted together.</summary>
    public static void Apply(KestrelServerOptions kestrel, GatewayOptions options, IReadOnlyCollection<IPAddress> proxies)
    {
        if (options.AddressConnections is { } most)
        {
            var limit = new AddressLimit(most, proxies);
            kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => connection => limit.PassAsync(connection, next)));
        }
    }

    public async Task PassAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if ((connection.RemoteEndPoint as IPEndPoint)?.Address is not { } address || proxies.Contains(address))
        {
            await next(connection);
            return;
        }
        try
        {
            if (open.AddOrUpdate(address, 1, static (_, count) => count + 1) <= most)
            {
                await next(connection);
            }
            else
            {
                connection.Abort(new ConnectionAbortedException("The address has too many open connections."));
            }
        }
        finally
        {
            Close(address);
        }
    }

    void Close(IPAddress address)
    {
        if (open.AddOrUpdate(address, 0, static (_, count) => count - 1) <= 0)
        {
            // Only while it is still nobody's: a connection may have come meanwhile.
            open.TryRemove(new(address, 0));
        }
    }
}
