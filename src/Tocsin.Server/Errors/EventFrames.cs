using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors;

/// <summary>Where an event happened: the exception that names it, and the frames to look at.</summary>
static class EventFrames
{
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

    /// <summary>The newest frame of the user's code, else the newest of all.</summary>
    public static Frame? CrashFrame(ErrorEvent e, int? chosen = null) =>
        MainStack(e, chosen) is { } stack ? stack.Frames.LastOrDefault(frame => frame.InApp == true) ?? Newest(stack) : null;

    static Frame? Newest(StackTrace stack) => stack.Frames.Count == 0 ? null : stack.Frames[^1];

    static ThreadValue? MainThread(ErrorEvent e) =>
        e.Threads.FirstOrDefault(thread => thread.Crashed == true)
        ?? e.Threads.FirstOrDefault(thread => thread.Current == true)
        ?? (e.Threads.Count == 1 ? e.Threads[0] : null);
}
