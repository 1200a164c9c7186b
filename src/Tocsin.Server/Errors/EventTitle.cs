using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.SecurityReports;

namespace Tocsin.Server.Errors;

/// <summary>What an event is called: <c>type: first line of the value</c>, or the message. A fingerprint rule's title wins over both.</summary>
static class EventTitle
{
    const int LongestText = 256;

    public static string Of(ErrorEvent e, string? ruleTitle, int? mainException)
    {
        if (!string.IsNullOrWhiteSpace(ruleTitle))
        {
            return Short(ruleTitle);
        }
        if (e.SecurityReport is not null)
        {
            return Short(ReportMessage.Of(e));
        }
        return EventFrames.MainException(e, mainException) is { } exception
            ? OfException(exception, e, mainException)
            : OfMessage(e);
    }

    static string OfException(ExceptionValue exception, ErrorEvent e, int? mainException)
    {
        var value = FirstLine(exception.Value);
        var type = exception.Type;
        if (string.IsNullOrEmpty(type))
        {
            return value ?? EventFrames.CrashFrame(e, mainException)?.Function ?? "<unknown>";
        }
        // A synthetic type ("Error") says only that the client made it up to have a stack.
        return value is null ? type
            : exception.Mechanism?.Synthetic == true && EventFrames.CrashFrame(e, mainException)?.Function is null ? value
            : $"{type}: {value}";
    }

    static string OfMessage(ErrorEvent e) =>
        FirstLine(e.LogEntry?.Formatted ?? e.LogEntry?.Message)
        ?? (e.Type == "error" ? EventFrames.CrashFrame(e)?.Function : null)
        ?? "<unlabeled event>";

    static string? FirstLine(string? text)
    {
        var line = text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end].TrimEnd();
        return line.IsEmpty ? null : Short(line.ToString());
    }

    static string Short(string text) => Cut.To(text, LongestText);
}
