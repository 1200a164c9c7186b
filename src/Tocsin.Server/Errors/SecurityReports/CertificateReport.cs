using System.Text.Json.Nodes;

namespace Tocsin.Server.Errors.SecurityReports;

/// <summary>Expect-CT, Expect-Staple and key pinning reports: all name the host whose certificate was wrong.</summary>
static class CertificateReport
{
    public static string? Hostname(JsonObject report) =>
        report["hostname"] is JsonValue value && value.TryGetValue(out string? host) && host.Length > 0 ? host : null;
}
