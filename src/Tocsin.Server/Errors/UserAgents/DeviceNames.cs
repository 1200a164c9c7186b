namespace Tocsin.Server.Errors.UserAgents;

static class DeviceNames
{
    public static AgentPart? Find(string agent)
    {
        foreach (var name in (string[])["iPhone", "iPad", "iPod"])
        {
            if (agent.Has(name))
            {
                return new(name, Model: name, Brand: "Apple");
            }
        }
        if (agent.Has("Macintosh"))
        {
            return new("Mac", Model: "Mac", Brand: "Apple");
        }
        return agent.Has("Android") && AndroidModel(agent) is { } model ? new(model, Model: model, Brand: BrandOf(model)) : null;
    }

    /// <summary>"(Linux; Android 13; SM-S911B Build/TP1A)" or "(Linux; U; Android 9; en-us; Redmi 7)": the last part that is no locale or flag.</summary>
    static string? AndroidModel(string agent)
    {
        var open = agent.IndexOf('(', StringComparison.Ordinal);
        var close = open < 0 ? -1 : agent.IndexOf(')', open);
        if (close < 0)
        {
            return null;
        }
        var parts = agent[(open + 1)..close].Split(';', StringSplitOptions.TrimEntries);
        var android = Array.FindIndex(parts, part => part.StartsWith("Android", StringComparison.Ordinal));
        for (var i = parts.Length - 1; i > android && android >= 0; i--)
        {
            var build = parts[i].IndexOf(" Build/", StringComparison.Ordinal);
            var model = build < 0 ? parts[i] : parts[i][..build];
            // "K" is what Chrome sends instead of a model.
            if (
                model.Length > 2
                && model is not ("Mobile" or "Tablet")
                && !model.StartsWith("rv:", StringComparison.Ordinal)
                && !IsLocale(model)
            )
            {
                return model;
            }
        }
        return null;
    }

    static bool IsLocale(string text) => text.Length == 5 && text[2] is '-' or '_';

    static string? BrandOf(string model) =>
        model.StartsWith("SM-", StringComparison.Ordinal) || model.StartsWith("GT-", StringComparison.Ordinal) ? "Samsung"
        : model.StartsWith("Pixel", StringComparison.Ordinal) || model.StartsWith("Nexus", StringComparison.Ordinal) ? "Google"
        : model.StartsWith("Redmi", StringComparison.Ordinal) || model.StartsWith("Mi ", StringComparison.Ordinal) ? "Xiaomi"
        : model.StartsWith("moto", StringComparison.OrdinalIgnoreCase) ? "Motorola"
        : null;
}
