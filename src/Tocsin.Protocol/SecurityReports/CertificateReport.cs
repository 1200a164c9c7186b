using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Tocsin.Protocol.SecurityReports;

/// <summary>A report on a host's certificate: Expect-CT, Expect-Staple or public key pinning.</summary>
static class CertificateReport
{
    static readonly string[] TagNames = ["hostname", "port", "response-status", "cert-status", "include-subdomains"];

    public static ErrorEvent Read(string type, string message, JsonObject body)
    {
        var report = new JsonObject();
        foreach (var (name, value) in body)
        {
            report[name.Replace('-', '_')] = value?.DeepClone();
        }
        var host = SecurityReportReader.Text(body, "hostname") ?? "";
        return new()
        {
            Type = type,
            Level = "error",
            Logger = "csp",
            LogEntry = new($"{message} '{host}'", null, null),
            Culprit = host,
            Tags =
            [
                .. from name in TagNames
                let value = SecurityReportReader.Text(body, name)
                where value is not null
                select new EventTag(name, value),
            ],
            Request = host.Length > 0 ? new() { Url = $"https://{host}/" } : null,
            SecurityReport = report,
        };
    }
}
