using System.Globalization;
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
    public static Surroundings Of(ErrorEvent e, Span span, SpanFacts segment, SamplingContext context, string? connected)
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
            ServerName = Tag(e, "server_name") ?? segment.ServerName,
            SdkName = e.Sdk?.Name ?? segment.SdkName,
            SdkVersion = e.Sdk?.Version ?? segment.SdkVersion,
            User = UserKey.Of(e.User),
            Browser = Text(e, "browser", "name") ?? segment.Browser ?? agent.Browser,
            BrowserVersion = Text(e, "browser", "version") ?? segment.BrowserVersion ?? agent.BrowserVersion,
            Os = Text(e, "os", "name") ?? segment.System ?? Text(e, "client_os", "name") ?? agent.Os,
            Device = segment.Device ?? agent.Device ?? (isFrontend ? DeviceOf(e) : null),
            Connection =
                Tag(e, "effectiveConnectionType")
                ?? segment.Connection
                ?? Tag(e, "connectionType")
                ?? Text(e, "device", "connection_type"),
            Country = (UserCountry.Stated(e.User) ?? segment.Country)?.ToUpperInvariant(),
            EventId = e.Id?.Value,
            ProfileId = Id(Text(e, "profile", "profile_id")) ?? segment.ProfileId,
            ReplayId = Id(Text(e, "replay", "replay_id") ?? Tag(e, "replayId")) ?? segment.ReplayId ?? context.ReplayId,
            ClientSampleRate = context.RateOf(segment),
        };
    }

    /// <summary>What a server answered, where the attributes of its own span do not tell; null when nothing does.</summary>
    public static int? AnswerOf(ErrorEvent e) =>
        int.TryParse(
            (e.Contexts?["response"] as JsonObject)?["status_code"]?.ToString()
                ?? Tag(e, "http.response.status_code")
                ?? Tag(e, "http.status_code"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var code
        ) && code is >= 100 and < 600
            ? code
            : null;

    static string? Tag(ErrorEvent e, string key) => e.Tags.FirstOrDefault(tag => tag.Key == key)?.Value;

    static string? Header(ErrorEvent e) => e.Request?.Headers.FirstOrDefault(header => header.Name == "User-Agent")?.Value;

    static string? DeviceOf(ErrorEvent e) =>
        Handheld.Of(Text(e, "os", "name"), Text(e, "device", "family") ?? Text(e, "device", "model"));

    static string? Text(ErrorEvent e, string context, string key) =>
        e.Contexts?[context] is JsonObject bag
        && bag[key] is JsonValue value
        && value.TryGetValue(out string? text)
        && text.Length > 0
            ? text
            : null;

    static UInt128? Id(string? text) => EventId.TryParse(text, out var id) && !id.IsNil ? id.Value : null;
}
