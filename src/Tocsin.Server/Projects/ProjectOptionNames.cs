using System.Text.Json;

namespace Tocsin.Server.Projects;

/// <summary>The settings that Sentry's clients send in the map <c>options</c>: lists as text, one entry per line.</summary>
static class ProjectOptionNames
{
    const string Addresses = "filters:blacklisted_ips";
    const string Releases = "filters:releases";
    const string Messages = "filters:error_messages";

    public static IReadOnlyDictionary<string, string> Write(ProjectOptions options) =>
        new Dictionary<string, string>
        {
            [Addresses] = string.Join('\n', options.FilteredAddresses),
            [Releases] = string.Join('\n', options.FilteredReleases),
            [Messages] = string.Join('\n', options.FilteredErrorMessages),
        };

    /// <summary>Names that are not ours are left alone: clients send back whatever they once read elsewhere.</summary>
    public static ProjectOptions Read(ProjectOptions options, IReadOnlyDictionary<string, JsonElement> sent) =>
        sent.Aggregate(
            options,
            (read, option) =>
                option.Key switch
                {
                    Addresses => read with { FilteredAddresses = Lines(option.Value) },
                    Releases => read with { FilteredReleases = Lines(option.Value) },
                    Messages => read with { FilteredErrorMessages = Lines(option.Value) },
                    _ => read,
                }
        );

    static string[] Lines(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
            ? value.GetString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [];
}
