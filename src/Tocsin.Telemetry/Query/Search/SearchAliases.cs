namespace Tocsin.Telemetry.Query.Search;

/// <summary>Other names under which users know a field.</summary>
static class SearchAliases
{
    static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["event.timestamp"] = "timestamp",
        ["event.type"] = "type",
        ["platform.name"] = "platform",
        ["user.display"] = "user",
        ["sentry:user"] = "user",
        ["sentry:release"] = "release",
        ["sentry:dist"] = "dist",
        ["location"] = "culprit",
        ["http.url"] = "url",
        ["trace.span"] = "span",
        ["event.id"] = "id",
    };

    public static string Resolve(string name) => Names.GetValueOrDefault(name, name);
}
