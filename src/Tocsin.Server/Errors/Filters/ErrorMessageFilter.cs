namespace Tocsin.Server.Errors.Filters;

/// <summary>Globs on the message, and on each exception as <c>Type: value</c> and as its value alone.</summary>
static class ErrorMessageFilter
{
    public static bool Matches(FilterSubject subject)
    {
        if (subject.Options.FilteredErrorMessages.Count == 0)
        {
            return false;
        }
        string[] messages = [.. Messages(subject).OfType<string>()];
        return subject
            .Options.FilteredErrorMessages.Select(pattern => Glob.Text(pattern, ignoreCase: true))
            .Any(glob => messages.Any(message => glob.Matches(message)));
    }

    static IEnumerable<string?> Messages(FilterSubject subject)
    {
        yield return subject.Event.LogEntry?.Formatted;
        yield return subject.Event.LogEntry?.Message;
        foreach (var exception in subject.Event.Exceptions)
        {
            yield return exception.Type is null ? exception.Value : $"{exception.Type}: {exception.Value}";
            yield return exception.Value;
        }
    }
}
