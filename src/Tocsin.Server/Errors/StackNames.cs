using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors;

/// <summary>
/// What searches find an event by in its stack traces: the files, functions and modules of the user's own frames and of those at which something was
/// thrown, the newest first. Where no frame is the user's, all tell something.
/// </summary>
static class StackNames
{
    /// <summary>A recursion repeats its names, and what is deeper than these was hardly written by hand.</summary>
    const int Most = 30;

    const int Longest = 200;

    public static IReadOnlyList<Frame> Telling(ErrorEvent e)
    {
        var stacks = EventFrames.StacksOfErrors(e).ToList();
        var anyOwn = stacks.Exists(stack => stack.Frames.Any(frame => frame.InApp == true));
        return
        [
            .. stacks.SelectMany(stack =>
                stack.Frames.Reverse().Where((frame, place) => !anyOwn || place == 0 || frame.InApp == true)
            ),
        ];
    }

    /// <summary>Each once, with a line break before, between and behind them; null: there are none.</summary>
    public static string? Of(IReadOnlyList<Frame> frames, Func<Frame, string?> name)
    {
        var names = frames
            .Select(name)
            .Where(one => !string.IsNullOrWhiteSpace(one))
            .Select(one => Cut.To(one!.ReplaceLineEndings(" "), Longest))
            .Distinct(StringComparer.Ordinal)
            .Take(Most)
            .ToList();
        return names.Count == 0 ? null : $"\n{string.Join('\n', names)}\n";
    }
}
