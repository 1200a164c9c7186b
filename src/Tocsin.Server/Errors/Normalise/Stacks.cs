using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>
/// Bounds every stack: the 250 newest frames, and source and variables for 50 of them, the user's own first; and all stacks together. Fills
/// file and path from each other. A stack without frames is no stack.
/// </summary>
static class Stacks
{
    const int MostFrames = 250;
    const int MostWithSource = 50;

    /// <summary>
    /// Of all stacks of an event. The costliest event that a client may send holds hundreds of thousands of frames, which each later step
    /// would look at; no crash report with its threads comes near this.
    /// </summary>
    const int MostOfAll = 10_000;

    /// <summary>What people look at first takes from <see cref="MostOfAll"/> first: the last exceptions, then the threads that crashed.</summary>
    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes)
    {
        var left = MostOfAll;
        var exceptions = new ExceptionValue[e.Exceptions.Count];
        for (var i = exceptions.Length - 1; i >= 0; i--)
        {
            var exception = e.Exceptions[i];
            exceptions[i] = exception with
            {
                StackTrace = Bounded(exception.StackTrace, $"exception.values.{i}.stacktrace", ref left, notes),
                RawStackTrace = Bounded(exception.RawStackTrace, $"exception.values.{i}.raw_stacktrace", ref left, notes),
            };
        }
        var stack = Bounded(e.StackTrace, "stacktrace", ref left, notes);
        var threads = new ThreadValue[e.Threads.Count];
        foreach (var crashed in (bool[])[true, false])
        {
            for (var i = 0; i < threads.Length; i++)
            {
                var thread = e.Threads[i];
                if ((thread.Crashed == true || thread.Current == true) == crashed)
                {
                    threads[i] = thread with
                    {
                        StackTrace = Bounded(thread.StackTrace, $"threads.values.{i}.stacktrace", ref left, notes),
                    };
                }
            }
        }
        return e with { StackTrace = stack, Threads = threads, Exceptions = exceptions };
    }

    static StackTrace? Bounded(StackTrace? stack, string path, ref int left, NoteBook notes)
    {
        if (stack is null || stack.Frames.Count == 0)
        {
            return null;
        }
        IReadOnlyList<Frame> frames = stack.Frames;
        var most = Math.Min(MostFrames, left);
        if (frames.Count > most)
        {
            notes.Cut(path + ".frames", frames.Count);
            frames = [.. frames.Skip(frames.Count - most)];
        }
        if (frames.Count == 0)
        {
            return null;
        }
        left -= frames.Count;
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
