using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.SecurityReports;

namespace Tocsin.Server.Errors;

/// <summary>What the issue shows beside its title, with Sentry's keys: type, value, file and function of the crash, mix of frames, client.</summary>
static class EventMetadata
{
    const int LongestType = 128;
    const int LongestValue = 1024;

    public static JsonObject Of(ErrorEvent e, string title, string? ruleTitle, int? mainException)
    {
        var metadata = new JsonObject();
        if (e.SecurityReport is { } report)
        {
            AddReport(metadata, e, report);
        }
        else if (EventFrames.MainException(e, mainException) is { } exception)
        {
            Add(metadata, "type", exception.Type, LongestType);
            Add(metadata, "value", exception.Value, LongestValue);
        }
        else
        {
            metadata["title"] = title;
        }
        if (EventFrames.CrashFrame(e, mainException) is { } frame)
        {
            Add(metadata, "filename", frame.Filename, 256);
            Add(metadata, "function", frame.Function, 256);
            metadata["in_app_frame_mix"] = FrameMix(EventFrames.MainStack(e, mainException)!);
        }
        if (!string.IsNullOrWhiteSpace(ruleTitle))
        {
            metadata["title"] = title;
        }
        if (e.Sdk?.Name is { } sdk)
        {
            metadata["sdk"] = new JsonObject { ["name"] = sdk };
        }
        return metadata;
    }

    static void AddReport(JsonObject metadata, ErrorEvent e, JsonObject report)
    {
        if (e.Type == "csp")
        {
            var policy = CspReport.Read(report);
            Add(metadata, "directive", policy.Directive, LongestType);
            Add(metadata, "uri", policy.BlockedSource, LongestValue);
        }
        else
        {
            Add(metadata, "origin", CertificateReport.Hostname(report), LongestValue);
        }
        Add(metadata, "message", ReportMessage.Of(e), LongestValue);
    }

    static string FrameMix(StackTrace stack)
    {
        var own = stack.Frames.Count(frame => frame.InApp == true);
        return own == stack.Frames.Count ? "in-app-only"
            : own == 0 ? "system-only"
            : "mixed";
    }

    static void Add(JsonObject metadata, string key, string? text, int longest)
    {
        if (!string.IsNullOrEmpty(text))
        {
            metadata[key] = Cut.To(text, longest);
        }
    }
}
