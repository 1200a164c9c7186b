using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.InApp;

/// <summary>
/// Decides for every frame whether it is the user's own code: the client's word first, a guess where it said nothing, then the rules.
/// The client's word stays readable in the frame's data (<c>orig_in_app</c>) where a rule overruled it.
/// </summary>
static class InAppDetection
{
    /// <param name="looks">Keeps what was found out about the frames, for grouping.</param>
    public static ErrorEvent Detect(ErrorEvent e, StackRules rules, StackLooks looks) =>
        e with
        {
            Exceptions =
            [
                .. e.Exceptions.Select(exception =>
                    exception with
                    {
                        StackTrace = Detect(exception.StackTrace, e.Platform, exception, rules, looks),
                    }
                ),
            ],
            Threads =
            [
                .. e.Threads.Select(thread =>
                    thread with
                    {
                        StackTrace = Detect(thread.StackTrace, e.Platform, null, rules, looks),
                    }
                ),
            ],
            StackTrace = Detect(e.StackTrace, e.Platform, null, rules, looks),
        };

    static StackTrace? Detect(StackTrace? stack, string? platform, ExceptionValue? exception, StackRules rules, StackLooks looks)
    {
        if (stack is null || stack.Frames.Count == 0)
        {
            return stack;
        }
        var facts = StackRules.Facts(stack, platform);
        for (var i = 0; i < facts.Length; i++)
        {
            facts[i].InApp ??= InAppHeuristics.Guess(facts[i], stack.Frames[i].Platform ?? platform);
        }
        rules.Classify(facts, exception);
        var marked = new Frame[facts.Length];
        var changed = false;
        for (var i = 0; i < marked.Length; i++)
        {
            marked[i] = Marked(stack.Frames[i], facts[i]);
            changed |= !ReferenceEquals(marked[i], stack.Frames[i]);
        }
        var seen = changed ? stack with { Frames = marked } : stack;
        looks.Remember(seen, facts);
        return seen;
    }

    static Frame Marked(Frame frame, FrameFacts facts)
    {
        var overruled = frame.InApp is { } said && said != facts.InApp;
        var category = (string?)null;
        if (facts.Category is { } found && found != new FrameFacts(frame, null).Category)
        {
            category = found;
        }
        if (!overruled && category is null)
        {
            return frame.InApp == facts.InApp ? frame : frame with { InApp = facts.InApp };
        }
        var data = (JsonObject?)frame.Data?.DeepClone() ?? [];
        if (overruled && !data.ContainsKey("orig_in_app"))
        {
            data["orig_in_app"] = frame.InApp == true ? 1 : 0;
        }
        if (category is not null)
        {
            data["category"] = category;
        }
        return frame with { InApp = facts.InApp, Data = data };
    }
}
