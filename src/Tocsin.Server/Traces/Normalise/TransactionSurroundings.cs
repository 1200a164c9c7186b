using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Protocol.Traces;
using Tocsin.Server.Errors;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>What a transaction's event tells about all of its spans.</summary>
static class TransactionSurroundings
{
    /// <param name="e">Normalised and scrubbed.</param>
    /// <param name="segment">What the attributes of its own span say; the event wins.</param>
    public static Surroundings Of(
        ErrorEvent e,
        Span span,
        SpanFacts segment,
        SamplingContext context,
        double? clientRate,
        string? connected
    )
    {
        var isFrontend = e.Platform is "javascript" or "cocoa" or "objc" or "java" or "dart" or "native";
        var agentText = Header(e) ?? segment.UserAgent ?? (e.Platform == "javascript" ? connected : null);
        var agent = VisitorAgent.Of(agentText);
        return new()
        {
            Transaction = e.Transaction,
            TransactionOp = span.Op,
            Service = segment.Service,
            Platform = e.Platform,
            Environment = e.Environment ?? segment.Environment ?? context.Environment,
            Release = e.Release ?? segment.Release ?? context.Release,
            Dist = e.Dist ?? segment.Dist,
            ServerName = e.Tags.FirstOrDefault(tag => tag.Key == "server_name")?.Value ?? segment.ServerName,
            SdkName = e.Sdk?.Name ?? segment.SdkName,
            SdkVersion = e.Sdk?.Version ?? segment.SdkVersion,
            User = UserKey.Of(e.User),
            Browser = Text(e, "browser", "name") ?? segment.Browser ?? agent.Browser,
            BrowserVersion = Text(e, "browser", "version") ?? segment.BrowserVersion ?? agent.BrowserVersion,
            Os = Text(e, "os", "name") ?? segment.System ?? Text(e, "client_os", "name") ?? agent.Os,
            Device = segment.Device ?? agent.Device ?? (isFrontend ? DeviceOf(e) : null),
            Connection = segment.Connection ?? Text(e, "device", "connection_type"),
            Country = (
                e.User?.Geo?["country_code"] is JsonValue code && code.TryGetValue(out string? country)
                    ? country
                    : segment.Country
            )?.ToUpperInvariant(),
            EventId = e.Id?.Value,
            ProfileId = Id(e, "profile", "profile_id") ?? segment.ProfileId,
            ReplayId = Id(e, "replay", "replay_id") ?? segment.ReplayId ?? context.ReplayId,
            ClientSampleRate = clientRate ?? context.SampleRate ?? segment.SampleRate,
        };
    }

    static string? Header(ErrorEvent e) => e.Request?.Headers.FirstOrDefault(header => header.Name == "User-Agent")?.Value;

    /// <summary>Of an app on a phone: the family says which it is.</summary>
    static string? DeviceOf(ErrorEvent e)
    {
        var family = Text(e, "device", "family") ?? Text(e, "device", "model") ?? "";
        return family.StartsWith("iPad", StringComparison.Ordinal) ? "tablet"
            : family.StartsWith("iPhone", StringComparison.Ordinal) || Text(e, "os", "name") is "Android" or "iOS" ? "mobile"
            : null;
    }

    static string? Text(ErrorEvent e, string context, string key) =>
        e.Contexts?[context] is JsonObject bag
        && bag[key] is JsonValue value
        && value.TryGetValue(out string? text)
        && text.Length > 0
            ? text
            : null;

    static UInt128? Id(ErrorEvent e, string context, string key) =>
        EventId.TryParse(Text(e, context, key), out var id) && !id.IsNil ? id.Value : null;
}
