using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tocsin.Server.Errors.SecurityReports;

/// <summary>Expect-CT, Expect-Staple and key pinning reports: all name the host whose certificate was wrong.</summary>
static class CertificateReport
{
    public static string? Hostname(JsonObject report) =>
        report["hostname"] is { } host && host.GetValueKind() == JsonValueKind.String ? host.GetValue<string>() : null;

    public static string Message(string type, JsonObject report)
    {
        var host = Hostname(report) ?? "unknown host";
        return type switch
        {
            "hpkp" => $"Public key pinning validation failed for '{host}'",
            "expectct" => $"Expect-CT failed for '{host}'",
            _ => $"Expect-Staple failed for '{host}'",
        };
    }
}
