using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>The log entry: a finished text always, a template only where it differs.</summary>
static class Messages
{
    const int Longest = 8192;
    const int Allowance = 200;

    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes) =>
        e.LogEntry is { } entry ? e with { LogEntry = Finish(entry, notes) } : e;

    static LogEntry? Finish(LogEntry entry, NoteBook notes)
    {
        var template = Names.NotEmpty(entry.Message);
        var formatted = Names.NotEmpty(entry.Formatted);
        if (formatted is null && template is not null)
        {
            if (!MessageFormat.TryFormat(template, entry.Params, out formatted))
            {
                notes.Add(new("logentry.params", "invalid_data", Reason: "the parameters do not fit the template"));
                formatted = template;
            }
        }
        // One text twice says nothing; but a template with parameters keeps its use for grouping.
        template = template == formatted ? null : notes.Limit(template, Longest, "logentry.message", Allowance);
        formatted = notes.Limit(formatted, Longest, "logentry.formatted", Allowance);
        if (string.IsNullOrWhiteSpace(formatted))
        {
            return null;
        }
        return new(
            template == formatted ? null : template,
            formatted,
            BagLimits.Apply(entry.Params, BagLimits.Params, "logentry.params", notes)
        );
    }
}
