using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Tocsin.Server.Hosting;

/// <summary>Whose word about the client's address and scheme is believed: a proxy's on this machine, and those that the settings name.</summary>
static class Proxies
{
    public static ForwardedHeadersOptions Trusted(ServerOptions options)
    {
        var trusted = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // The chain is walked from the nearest hop as long as its addresses are trusted.
            ForwardLimit = null,
        };
        trusted.KnownProxies.Clear();
        trusted.KnownIPNetworks.Clear();
        foreach (var proxy in options.TrustedProxies.Append(IPAddress.Loopback).Append(IPAddress.IPv6Loopback))
        {
            trusted.KnownProxies.Add(proxy);
        }
        return trusted;
    }
}
