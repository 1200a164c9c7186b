using System.Text.Json.Nodes;

namespace Tocsin.Server.Scrubbing;

/// <summary>Contexts, each by itself. Those that hold nothing but ids stay as they are.</summary>
static class ContextScrubber
{
    public static JsonObject? Scrub(JsonObject? contexts, ScrubPass pass)
    {
        if (contexts is null)
        {
            return null;
        }
        JsonObject? changed = null;
        foreach (var (name, context) in contexts)
        {
            var scrubbed = pass.Under("contexts", context, node => IsIds(name) ? node : pass.Node(name, node));
            if (!ReferenceEquals(scrubbed, context))
            {
                (changed ??= (JsonObject)contexts.DeepClone())[name] = scrubbed;
            }
        }
        return changed ?? contexts;
    }

    static bool IsIds(string name) => name is "replay" or "profile" or "monitor";
}
