using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Protocol.Events.Reading;

namespace Tocsin.Protocol.SecurityReports;

/// <summary>A violation of a Content Security Policy.</summary>
static class CspReport
{
    static readonly Dictionary<string, string> ReportingApiNames = new(StringComparer.Ordinal)
    {
        ["documentURL"] = "document_uri",
        ["blockedURL"] = "blocked_uri",
        ["effectiveDirective"] = "effective_directive",
        ["originalPolicy"] = "original_policy",
        ["sourceFile"] = "source_file",
        ["lineNumber"] = "line_number",
        ["columnNumber"] = "column_number",
        ["statusCode"] = "status_code",
        ["sample"] = "script_sample",
    };

    /// <summary>The body of <c>report-uri</c>: names with dashes.</summary>
    public static ErrorEvent Read(JsonObject body) => ToEvent(Rename(body, name => name.Replace('-', '_')), null);

    /// <summary>The body of <c>report-to</c>: names in camel case.</summary>
    public static ErrorEvent ReadReportingApi(JsonObject body, string? userAgent) =>
        ToEvent(Rename(body, name => ReportingApiNames.GetValueOrDefault(name, name)), userAgent);

    static JsonObject Rename(JsonObject body, Func<string, string> name)
    {
        var report = new JsonObject();
        foreach (var (key, value) in body)
        {
            report[name(key)] = value?.DeepClone();
        }
        return report;
    }

    static ErrorEvent ToEvent(JsonObject report, string? userAgent)
    {
        var violated = SecurityReportReader.Text(report, "violated_directive");
        // Old browsers name only the violated one, with its sources behind it.
        var effective = SecurityReportReader.Text(report, "effective_directive") ?? violated?.Split(' ')[0] ?? "";
        report["effective_directive"] = effective;
        var blocked = SecurityReportReader.Text(report, "blocked_uri") ?? "";
        return new()
        {
            Type = "csp",
            Level = "error",
            Logger = "csp",
            LogEntry = new(Message(effective, blocked), null, null),
            Culprit = violated ?? effective,
            Tags =
            [
                new("effective-directive", effective),
                .. blocked.Length > 0 ? [new EventTag("blocked-uri", blocked)] : Array.Empty<EventTag>(),
            ],
            Request = RequestReader.Settle(
                new()
                {
                    Url = SecurityReportReader.Text(report, "document_uri"),
                    Headers =
                    [
                        .. Header("Referer", SecurityReportReader.Text(report, "referrer")),
                        .. Header("User-Agent", userAgent),
                    ],
                }
            ),
            SecurityReport = report,
        };
    }

    static string Message(string directive, string blocked) =>
        blocked switch
        {
            "" or "inline" or "self" or "'self'" => $"Blocked inline '{Kind(directive)}'",
            "eval" or "wasm-eval" => $"Blocked unsafe eval() '{Kind(directive)}'",
            _ => $"Blocked '{Kind(directive)}' from '{Host(blocked)}'",
        };

    /// <summary><c>script-src-elem</c> is about a script.</summary>
    static string Kind(string directive)
    {
        var end = directive.IndexOf("-src", StringComparison.Ordinal);
        var kind = end < 0 ? directive : directive[..end];
        return kind == "img" ? "image" : kind;
    }

    /// <summary>Of <c>data:</c> and <c>blob:</c> the scheme is all there is.</summary>
    static string Host(string blocked) =>
        blocked is "data" or "blob" or "filesystem" ? blocked + ":"
        : !Uri.TryCreate(blocked, UriKind.Absolute, out var uri) ? blocked
        : uri.Host.Length == 0 ? uri.Scheme + ":"
        : uri.IsDefaultPort ? uri.Host
        : uri.Authority;

    static NameValue[] Header(string name, string? value) => value is null ? [] : [new(name, value)];
}
