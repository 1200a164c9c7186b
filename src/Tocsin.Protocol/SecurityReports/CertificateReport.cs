using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Tocsin.Protocol.SecurityReports;

/// <summary>A report on a host's certificate: Expect-CT, Expect-Staple or public key pinning.</summary>
static class CertificateReport
{
    static readonly (string Field, string Tag)[] Tags =
    [
        ("hostname", "hostname"),
        ("port", "port"),
        ("response-status", "response_status"),
        ("cert-status", "cert_status"),
        ("include-subdomains", "include-subdomains"),
    ];

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
                .. from named in Tags
                let value = SecurityReportReader.Text(body, named.Field)
                where value is not null
                select new EventTag(named.Tag, value),
            ],
            Request = host.Length > 0 ? new() { Url = $"https://{host}/" } : null,
            SecurityReport = report,
        };
    }
}
