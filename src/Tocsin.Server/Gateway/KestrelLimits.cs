using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tocsin.Server.Gateway;

/// <summary>What the web server itself cuts off, before any code of ours runs.</summary>
static class KestrelLimits
{
    public static void Apply(KestrelServerOptions kestrel, GatewayOptions options)
    {
        kestrel.AddServerHeader = false;
        // Proxies send the whole URL as the target; what stands there is the host, whatever the header says (RFC 9112, 3.2.2).
        kestrel.AllowHostHeaderOverride = true;
        // Programs name themselves in Latin-1, and old browsers the page. By itself the server refuses all that is no UTF-8; here the odd letters
        // become U+FFFD and the event stays.
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.UTF8;
        var limits = kestrel.Limits;
        limits.RequestHeadersTimeout = options.HeaderTime;
        limits.KeepAliveTimeout = options.KeepAlive;
        limits.MinRequestBodyDataRate = new(options.BodyRate, options.BodyGrace);
        limits.MaxConcurrentConnections = options.Connections;
    }
}
