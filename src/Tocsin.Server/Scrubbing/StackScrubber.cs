using Tocsin.Protocol.Events;

namespace Tocsin.Server.Scrubbing;

/// <summary>
/// Variables by name and content. Source lines only where they hold a secret itself: a line that says <c>password = read()</c> is what one
/// needs to see. Files and addresses stay.
/// </summary>
static class StackScrubber
{
    public static StackTrace? Scrub(string name, StackTrace? stack, ScrubPass pass)
    {
        if (stack is null)
        {
            return null;
        }
        var frames = pass.Under(name + ".frames", stack.Frames, list => pass.Each(list, frame => Scrub(frame, pass)));
        return ReferenceEquals(frames, stack.Frames) ? stack : stack with { Frames = frames };
    }

    static Frame Scrub(Frame frame, ScrubPass pass)
    {
        var line = pass.Plain("context_line", frame.ContextLine);
        var before = Lines("pre_context", frame.PreContext, pass);
        var after = Lines("post_context", frame.PostContext, pass);
        var vars = pass.Bag("vars", frame.Vars);
        return
            ReferenceEquals(line, frame.ContextLine)
            && ReferenceEquals(before, frame.PreContext)
            && ReferenceEquals(after, frame.PostContext)
            && ReferenceEquals(vars, frame.Vars)
            ? frame
            : frame with
            {
                ContextLine = line,
                PreContext = before,
                PostContext = after,
                Vars = vars,
            };
    }

    static IReadOnlyList<string> Lines(string name, IReadOnlyList<string> lines, ScrubPass pass)
    {
        string[]? changed = null;
        for (var i = 0; i < lines.Count; i++)
        {
            var scrubbed = pass.Plain(name, lines[i])!;
            if (!ReferenceEquals(scrubbed, lines[i]))
            {
                (changed ??= [.. lines])[i] = scrubbed;
            }
        }
        return changed ?? lines;
    }
}
