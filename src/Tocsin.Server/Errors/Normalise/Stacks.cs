using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>
/// Bounds every stack: the 250 newest frames, and source and variables for 50 of them, the user's own first. Fills file and path from
/// each other. A stack without frames is no stack.
/// </summary>
static class Stacks
{
    const int MostFrames = 250;
    const int MostWithSource = 50;

    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes) =>
        e with
        {
            StackTrace = Bounded(e.StackTrace, "stacktrace", notes),
            Threads =
            [
                .. e.Threads.Select(
                    (thread, i) =>
                        thread with
                        {
                            StackTrace = Bounded(thread.StackTrace, $"threads.values.{i}.stacktrace", notes),
                        }
                ),
            ],
            Exceptions =
            [
                .. e.Exceptions.Select(
                    (exception, i) =>
                        exception with
                        {
                            StackTrace = Bounded(exception.StackTrace, $"exception.values.{i}.stacktrace", notes),
                            RawStackTrace = Bounded(exception.RawStackTrace, $"exception.values.{i}.raw_stacktrace", notes),
                        }
                ),
            ],
        };

    static StackTrace? Bounded(StackTrace? stack, string path, NoteBook notes)
    {
        if (stack is null || stack.Frames.Count == 0)
        {
            return null;
        }
        IReadOnlyList<Frame> frames = stack.Frames;
        if (frames.Count > MostFrames)
        {
            notes.Cut(path + ".frames", frames.Count);
            frames = [.. frames.Skip(frames.Count - MostFrames)];
        }
        var withSource = frames.Count > MostWithSource ? WithSource(frames) : null;
        var bounded = new Frame[frames.Count];
        for (var i = 0; i < bounded.Length; i++)
        {
            var kept = withSource?.Contains(i) == false ? WithoutSource(frames[i]) : frames[i];
            bounded[i] = Frames.Apply(kept, path, i, notes);
        }
        return stack with { Frames = bounded };
    }

    /// <summary>Own frames, newest and oldest by turns while there is room, then the others in the same way.</summary>
    static HashSet<int> WithSource(IReadOnlyList<Frame> frames)
    {
        var chosen = new HashSet<int>();
        foreach (var own in (bool[])[true, false])
        {
            var candidates = Enumerable.Range(0, frames.Count).Where(i => (frames[i].InApp == true) == own).ToArray();
            for (int low = 0, high = candidates.Length - 1; low <= high && chosen.Count < MostWithSource; )
            {
                chosen.Add(chosen.Count % 2 == 0 ? candidates[high--] : candidates[low++]);
            }
        }
        return chosen;
    }

    static Frame WithoutSource(Frame frame) =>
        frame.Vars is null && frame.PreContext.Count == 0 && frame.PostContext.Count == 0
            ? frame
            : frame with
            {
                Vars = null,
                PreContext = [],
                PostContext = [],
            };
}
