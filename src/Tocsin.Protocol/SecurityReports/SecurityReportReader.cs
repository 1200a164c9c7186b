using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.SecurityReports;

/// <summary>
/// What browsers post to <c>/security/</c>: CSP, Expect-CT, Expect-Staple and HPKP reports, alone or as a list of the Reporting
/// API. Each becomes an event; who asked for it (environment, release) and the browser stand in the request, not in the body.
/// </summary>
public static class SecurityReportReader
{
    static readonly Refusal Unknown = new(400, "invalid security report", "security_report");

    /// <summary>Reports of other types in a list (<c>deprecation</c>, <c>intervention</c>…) are left out.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> body,
        [NotNullWhen(true)] out IReadOnlyList<ErrorEvent>? events,
        [NotNullWhen(false)] out Refusal? refusal
    )
    {
        events = null;
        var json = JsonRepair.Decode(body).Trim(" \t\r\n"u8);
        if (json.IsEmpty)
        {
            refusal = Refusal.EmptyBody;
            return false;
        }
        JsonNode? root;
        try
        {
            root = Bag.Read(json);
        }
        catch (JsonException broken)
        {
            refusal = Refusal.InvalidJson(broken.Message);
            return false;
        }
        var reports = root is JsonArray list ? list.OfType<JsonObject>() : [root as JsonObject ?? []];
        events = [.. reports.Select(ReadOne).OfType<ErrorEvent>()];
        refusal = events.Count > 0 ? null : Unknown;
        return refusal is null;
    }

    static ErrorEvent? ReadOne(JsonObject report) =>
        report["csp-report"] is JsonObject csp ? CspReport.Read(csp)
        : Text(report, "type") is "csp-violation" && report["body"] is JsonObject body
            ? CspReport.ReadReportingApi(body, Text(report, "user_agent"))
        : report["expect-ct-report"] is JsonObject transparency
            ? CertificateReport.Read("expectct", "Expect-CT failed for", transparency)
        : report["expect-staple-report"] is JsonObject staple
            ? CertificateReport.Read("expectstaple", "Expect-Staple failed for", staple)
        : report.ContainsKey("known-pins") ? CertificateReport.Read("hpkp", "Public key pinning validation failed for", report)
        : null;

    internal static string? Text(JsonObject report, string name) =>
        report[name] is JsonValue value && value.ToString() is { Length: > 0 } text ? text : null;
}
