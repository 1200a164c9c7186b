using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>The bags beside the interfaces: extra (each value by itself, and all together), modules, template.</summary>
static class Extras
{
    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes) =>
        e with
        {
            Extra = e.Extra is { } extra ? Bounded(extra, notes) : null,
            Modules = Modules(e.Modules, notes),
            Template = BagLimits.Apply(e.Template, BagLimits.Context, "template", notes),
            SecurityReport = BagLimits.Apply(e.SecurityReport, BagLimits.ExtraValue, e.Type ?? "csp", notes),
        };

    static JsonObject Bounded(JsonObject extra, NoteBook notes)
    {
        var fits = BagLimits.Fits(extra, new(BagLimits.Extra, BagLimits.ExtraValue.Depth + 1));
        if (fits && extra.All(entry => entry.Value is null || BagLimits.Fits(entry.Value, BagLimits.ExtraValue)))
        {
            return extra;
        }
        var bounded = new JsonObject();
        var left = BagLimits.Extra - 2;
        foreach (var (name, value) in extra)
        {
            var limited = BagLimits.Apply(value, BagLimits.ExtraValue, "extra." + name, notes);
            left -= name.Length + 4 + BagLimits.Size(limited);
            if (left < 0)
            {
                notes.Cut("extra", BagLimits.Size(extra));
                break;
            }
            bounded[name] = limited?.DeepClone();
        }
        return bounded;
    }

    static IReadOnlyDictionary<string, string?> Modules(IReadOnlyDictionary<string, string?> modules, NoteBook notes)
    {
        var left = BagLimits.Modules.Size;
        var kept = 0;
        foreach (var (name, version) in modules)
        {
            left -= name.Length + (version?.Length ?? 4) + 6;
            if (left < 0)
            {
                notes.Cut("modules", modules.Sum(module => (long)module.Key.Length + (module.Value?.Length ?? 4) + 6));
                return modules.Take(kept).ToDictionary(module => module.Key, module => module.Value, StringComparer.Ordinal);
            }
            kept++;
        }
        return modules;
    }
}
