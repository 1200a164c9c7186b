using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>
/// Tags that follow from the event, so that one search finds them all. Added after scrubbing: what was taken out must not come back this
/// way. A tag of the same name that was sent stays.
/// </summary>
static class DerivedTags
{
    const int LongestValue = 200;

    public static ErrorEvent Apply(ErrorEvent e)
    {
        var known = e.Tags.Select(tag => tag.Key).ToHashSet(StringComparer.Ordinal);
        List<EventTag> tags = [.. e.Tags];
        foreach (var (key, value) in Derived(e))
        {
            if (
                !string.IsNullOrEmpty(value)
                && value.Length <= LongestValue
                && !value.Contains('\n', StringComparison.Ordinal)
                && known.Add(key)
            )
            {
                tags.Add(new(key, value));
            }
        }
        return e with { Tags = tags };
    }

    static IEnumerable<(string Key, string? Value)> Derived(ErrorEvent e)
    {
        yield return ("level", e.Level);
        yield return ("environment", e.Environment);
        yield return ("release", e.Release);
        yield return ("dist", e.Dist);
        yield return ("user", UserKey.Of(e.User));
        yield return ("transaction", e.Transaction);
        yield return ("url", e.Request?.Url);
        yield return ("logger", e.Logger);
        yield return ("sdk.name", e.Sdk?.Name);
        yield return ("sdk.version", e.Sdk?.Version);
        yield return (
            "handled",
            IssuePriority.Handled(e) is { } handled
                ? handled
                    ? "yes"
                    : "no"
                : null
        );
        yield return ("mechanism", EventFrames.MainException(e)?.Mechanism?.Type);
        foreach (var name in (string[])["browser", "os", "client_os", "runtime"])
        {
            var context = e.Contexts?[name] as JsonObject;
            yield return (name, Named(context));
            yield return (name + ".name", Text(context, "name"));
        }
        var os = e.Contexts?["os"] as JsonObject;
        yield return ("os.build", Text(os, "build"));
        yield return (
            "os.rooted",
            os?["rooted"] is JsonValue rooted && rooted.TryGetValue(out bool isRooted)
                ? isRooted
                    ? "yes"
                    : "no"
                : null
        );
        var device = e.Contexts?["device"] as JsonObject;
        yield return ("device", Text(device, "model"));
        yield return ("device.family", Text(device, "family"));
        yield return ("gpu.name", Text(e.Contexts?["gpu"], "name"));
        yield return ("gpu.vendor", Text(e.Contexts?["gpu"], "vendor_name"));
        yield return ("app.device", Text(e.Contexts?["app"], "device_app_hash"));
        yield return ("monitor.slug", Text(e.Contexts?["monitor"], "slug"));
        yield return ("replayId", Text(e.Contexts?["replay"], "replay_id"));
        if (e.Type == "csp" && e.SecurityReport is { } report)
        {
            var policy = SecurityReports.CspReport.Read(report);
            yield return ("effective-directive", policy.Directive);
            yield return ("blocked-uri", policy.BlockedSource);
        }
    }

    static string? Named(JsonNode? context) =>
        Text(context, "name") is { } name
            ? Text(context, "version") is { } version
                ? $"{name} {version}"
                : name
            : null;

    static string? Text(JsonNode? context, string key) =>
        context is JsonObject bag && bag[key] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0
            ? text
            : null;
}
