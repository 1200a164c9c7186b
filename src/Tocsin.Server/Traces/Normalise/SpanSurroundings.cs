using System.Net;
using Tocsin.Protocol.Traces;
using Tocsin.Server.Errors;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>What a streamed span's attributes tell around it; what it does not say itself, its segment does when it came along, then the envelope.</summary>
static class SpanSurroundings
{
    /// <param name="known">Of the span's segment, or of its program when the segment came in another item or is this span.</param>
    public static Surroundings Of(Span span, SpanFacts facts, Surroundings known, SamplingContext context, Visitor visitor)
    {
        var agent = VisitorAgent.Of(facts.UserAgent ?? (facts.Browser is null ? visitor.UserAgent : null));
        var sdk = facts.SdkName ?? known.SdkName;
        // The head of the trace may be another program: its transaction's name is only better than none.
        var (name, source) = NameOf(span, facts) ?? (context.Transaction, facts.NameSource);
        var os = facts.System ?? agent.Os ?? known.Os;
        return new()
        {
            // A segment's name is made once, and not again for each span below it.
            Transaction =
                (!span.IsSegment || SpanRows.IsVital(span.Op)) && known.Transaction is { } made ? made
                : name is null ? null
                : TransactionName.Of(name, source),
            TransactionOp = span.IsSegment ? span.Op : known.TransactionOp,
            Service = facts.Service ?? known.Service,
            Platform = facts.Platform ?? known.Platform ?? PlatformOf(sdk),
            Environment = facts.Environment ?? known.Environment ?? context.Environment,
            Release = facts.Release ?? known.Release ?? context.Release,
            Dist = facts.Dist ?? known.Dist,
            ServerName = facts.ServerName ?? known.ServerName,
            SdkName = sdk,
            SdkVersion = facts.SdkVersion ?? known.SdkVersion,
            User = UserOf(facts, visitor) ?? known.User,
            Browser = facts.Browser ?? agent.Browser ?? known.Browser,
            BrowserVersion = facts.BrowserVersion ?? agent.BrowserVersion ?? known.BrowserVersion,
            Os = os,
            Device = facts.Device ?? agent.Device ?? known.Device ?? Handheld.Of(os, facts.Model),
            Connection = facts.Connection ?? known.Connection,
            Country = facts.Country?.ToUpperInvariant() ?? known.Country ?? visitor.Countries.Of(AddressOf(facts, visitor)),
            EventId = known.EventId,
            ProfileId = facts.ProfileId ?? known.ProfileId,
            ReplayId = facts.ReplayId ?? known.ReplayId ?? context.ReplayId,
            ClientSampleRate = context.RateOf(facts) ?? known.ClientSampleRate,
        };
    }

    /// <summary>
    /// A segment's word for itself, or the address where that word says nothing: a method alone, or <c>Pageload</c>, would make one transaction
    /// of all that a server or a site has. Other spans take their segment's name when it came along.
    /// </summary>
    static (string? Name, string? Source)? NameOf(Span span, SpanFacts facts)
    {
        if ((facts.Transaction ?? (span.IsSegment ? span.Name : null)) is not { } stated)
        {
            return null;
        }
        if (!span.IsSegment || SpanRows.IsVital(span.Op))
        {
            // Its source, if it states one, is that of its own name.
            return (stated, null);
        }
        var source = facts.NameSource;
        if ((facts.Route ?? facts.Path) is not { } path)
        {
            return (stated, source);
        }
        // What ends with the server's pattern was made of it, though OpenTelemetry does not say so.
        source ??=
            facts.Route is { } route && (IsMethod(stated) || stated.EndsWith(route, StringComparison.Ordinal)) ? "route" : null;
        return IsMethod(stated) ? ($"{MethodOf(stated)} {path}", facts.Route is null ? "url" : source)
            : source == "url" && !stated.Contains('/', StringComparison.Ordinal) ? (path, source)
            : (stated, source);
    }

    static bool IsMethod(string name) => MethodOf(name) is "GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS";

    /// <summary>Some instrumentations say <c>HTTP GET</c>.</summary>
    static string MethodOf(string name) => name.StartsWith("HTTP ", StringComparison.Ordinal) ? name["HTTP ".Length..] : name;

    static string? UserOf(SpanFacts facts, Visitor visitor)
    {
        var address = visitor.KeepsAddress ? AddressOf(facts, visitor) : null;
        return UserKey.Of(
            new()
            {
                Id = facts.UserId,
                Username = facts.UserName,
                Email = facts.UserEmail,
                IpAddress = IPAddress.TryParse(address, out var parsed) ? parsed.ToString() : null,
            }
        );
    }

    static string? AddressOf(SpanFacts facts, Visitor visitor) =>
        facts.UserAddress == "{{auto}}" ? visitor.Address : facts.UserAddress ?? visitor.Address;

    /// <summary>Streamed spans do not state their platform; their SDK's name does.</summary>
    static string? PlatformOf(string? sdk)
    {
        if (sdk is null)
        {
            return null;
        }
        var parts = sdk.Split('.', 3);
        return parts is not ["sentry", ..] || parts.Length < 2
            ? null
            : parts[1] switch
            {
                "javascript" => IsServer(parts.Length > 2 ? parts[2] : "") ? "node" : "javascript",
                "python" or "ruby" or "php" or "java" or "go" or "rust" or "elixir" or "cocoa" or "dart" or "native" => parts[1],
                "dotnet" => "csharp",
                _ => null,
            };
    }

    static bool IsServer(string flavour) =>
        flavour
            is "node"
                or "node-core"
                or "elysia"
                or "express"
                or "nestjs"
                or "bun"
                or "deno"
                or "cloudflare"
                or "aws-serverless"
                or "google-cloud-serverless"
                or "hono"
                or "fastify"
                or "koa"
                or "vercel-edge";
}
