using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tocsin.Server.Gateway;

/// <summary>What the web server itself cuts off, before any code of ours runs.</summary>
static class KestrelLimits
{
    public static void Apply(KestrelServerOptions kestrel, GatewayOptions options)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.RequestHeadersTimeout = options.HeaderTime;
        limits.KeepAliveTimeout = options.KeepAlive;
        limits.MinRequestBodyDataRate = new(options.BodyRate, options.BodyGrace);
        limits.MaxConcurrentConnections = options.Connections;
    }
}
