using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.SecurityReports;

/// <summary>What a report says in one line; for reports that came as events without a message.</summary>
static class ReportMessage
{
    public static string Of(ErrorEvent e)
    {
        if (e.LogEntry?.Formatted is { Length: > 0 } message)
        {
            return message;
        }
        if (e.Type == "csp")
        {
            var report = CspReport.Read(e.SecurityReport!);
            return $"Blocked '{report.Directive ?? "content"}' from {report.BlockedSource}";
        }
        return $"{e.Type} failed for '{CertificateReport.Hostname(e.SecurityReport!) ?? "unknown host"}'";
    }
}
