using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>Contexts: each knows its type, runtime and system have names, a trace is spelt as all are, none is larger than its limit.</summary>
static class Contexts
{
    const int MostFlags = 100;

    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes)
    {
        if (e.Contexts is not { } contexts || contexts.All(context => IsFinished(context.Key, context.Value)))
        {
            return e;
        }
        var finished = new JsonObject();
        foreach (var (name, value) in contexts)
        {
            if (value is JsonObject context)
            {
                finished[name] = IsFinished(name, context) ? context.DeepClone() : Finish(name, context, e.Notes, notes);
            }
        }
        return e with { Contexts = finished.Count == 0 ? null : finished };
    }

    static bool IsFinished(string name, JsonNode? value) =>
        value is JsonObject context
        && context["type"]?.GetValueKind() == JsonValueKind.String
        && BagLimits.Fits(context, BagLimits.Context)
        && !(Kind(name, context) is "runtime" or "os" && context["name"] is null && context["raw_description"] is not null)
        && !(name is "flags" && context["values"] is JsonArray { Count: > MostFlags })
        && (name != "trace" || TraceContext.IsFinished(context));

    /// <summary>A server's client tells of its own system beside its visitor's, under a name of its own (<c>server-os</c>).</summary>
    static string Kind(string name, JsonObject context) =>
        context["type"] is JsonValue stated && stated.TryGetValue(out string? kind) && kind.Length > 0 ? kind : name;

    static JsonObject Finish(string name, JsonObject context, IReadOnlyList<FieldNote> sent, NoteBook notes)
    {
        var finished = (JsonObject)context.DeepClone();
        if (name == "flags" && finished["values"] is JsonArray flags)
        {
            while (flags.Count > MostFlags)
            {
                flags.RemoveAt(0);
            }
        }
        if (name == "trace")
        {
            TraceContext.Finish(finished, sent, notes);
        }
        RawDescription.Fill(finished, Kind(name, finished));
        var limited = BagLimits.Apply(finished, BagLimits.Context, "contexts." + name, notes)!;
        if (limited["type"]?.GetValueKind() != JsonValueKind.String)
        {
            limited["type"] = name;
        }
        return limited;
    }
}
