using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors;

/// <summary>Where an event happened: the exception that names it, and the frames to look at.</summary>
static class EventFrames
{
    static readonly string[] ClientPlaces = ["/sentry-ruby", "/sentry-raven", "/sentry_sdk/", "/@sentry/", "/vendor/sentry/"];
    static readonly string[] ClientModules =
    [
        "sentry_sdk.",
        "raven.",
        "Sentry.",
        "io.sentry.",
        "@sentry",
        "github.com/getsentry/",
    ];

    public static IEnumerable<Frame> All(ErrorEvent e) => Stacks(e).SelectMany(stack => stack.Frames);

    public static IEnumerable<StackTrace> Stacks(ErrorEvent e) =>
        e
            .Exceptions.Select(exception => exception.StackTrace)
            .Concat(e.Threads.Select(thread => thread.StackTrace))
            .Append(e.StackTrace)
            .OfType<StackTrace>();

    /// <summary>The last exception, unless grouping chose another.</summary>
    public static ExceptionValue? MainException(ErrorEvent e, int? chosen = null) =>
        e.Exceptions.Count == 0 ? null : e.Exceptions[chosen ?? e.Exceptions.Count - 1];

    /// <summary>The main exception's stack, else the event's own, else that of the crashed, current or only thread.</summary>
    public static StackTrace? MainStack(ErrorEvent e, int? chosen = null) =>
        MainException(e, chosen)?.StackTrace ?? e.StackTrace ?? MainThread(e)?.StackTrace;

    /// <summary>The stacks of all exceptions, the one that was thrown last first; without any, the one that stands for the event.</summary>
    public static IEnumerable<StackTrace> StacksOfErrors(ErrorEvent e)
    {
        var thrown = e.Exceptions.Select(exception => exception.StackTrace).OfType<StackTrace>().Reverse().ToList();
        return thrown.Count > 0 ? thrown
            : MainStack(e) is { } only ? [only]
            : [];
    }

    /// <summary>The newest frame of the user's code, else the newest of all.</summary>
    public static Frame? CrashFrame(ErrorEvent e, int? chosen = null) =>
        MainStack(e, chosen) is { } stack ? stack.Frames.LastOrDefault(frame => frame.InApp == true) ?? Newest(stack) : null;

    /// <summary>Not the client's own frames at the top: they only say that it was the client who reported.</summary>
    static Frame? Newest(StackTrace stack) =>
        stack.Frames.LastOrDefault(frame => !IsOfClient(frame)) ?? (stack.Frames.Count == 0 ? null : stack.Frames[^1]);

    static bool IsOfClient(Frame frame) =>
        ClientPlaces.Any(place => (frame.AbsPath ?? frame.Filename)?.Contains(place, StringComparison.Ordinal) == true)
        || ClientModules.Any(module => frame.Module?.StartsWith(module, StringComparison.Ordinal) == true);

    static ThreadValue? MainThread(ErrorEvent e) =>
        e.Threads.FirstOrDefault(thread => thread.Crashed == true)
        ?? e.Threads.FirstOrDefault(thread => thread.Current == true)
        ?? (e.Threads.Count == 1 ? e.Threads[0] : null);
}
