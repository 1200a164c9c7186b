using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Scenarios;

/// <summary>What a scenario reads back over the API.</summary>
static partial class IssueReading
{
    public static async Task<IReadOnlyList<JsonElement>> IssuesAsync(this ServerProcess server, string query = "is:unresolved")
    {
        var issues = await server.Api.GetFromJsonAsync<JsonElement>(
            $"organizations/default/issues/?query={Uri.EscapeDataString(query)}"
        );
        return [.. issues.EnumerateArray()];
    }

    public static async Task<JsonElement> LatestEventAsync(this ServerProcess server, JsonElement issue) =>
        await server.Api.GetFromJsonAsync<JsonElement>($"organizations/default/issues/{issue.Text("id")}/events/latest/");

    /// <summary>Follows the Link header to the end.</summary>
    public static async IAsyncEnumerable<JsonElement> PagesAsync(this ServerProcess server, string path)
    {
        for (string? cursor = "0:0:0"; cursor is not null; )
        {
            using var answer = await server.Api.GetAsync($"{path}?per_page=100&cursor={cursor}");
            answer.EnsureSuccessStatusCode();
            yield return await answer.Content.ReadFromJsonAsync<JsonElement>();
            var next = NextLink.Match(string.Join(',', answer.Headers.GetValues("Link")));
            cursor = next.Success ? next.Groups[1].Value : null;
        }
    }

    [GeneratedRegex("rel=\"next\"; results=\"true\"; cursor=\"([^\"]+)\"")]
    static partial Regex NextLink { get; }

    public static async Task<IReadOnlyList<string>> EventIdsAsync(this ServerProcess server, JsonElement issue)
    {
        var ids = new List<string>();
        await foreach (var page in server.PagesAsync($"organizations/default/issues/{issue.Text("id")}/events/"))
        {
            ids.AddRange(page.EnumerateArray().Select(stored => stored.Text("eventID")));
        }
        return ids;
    }

    /// <summary>Until everything is in all stores.</summary>
    public static Task DrainAsync(this ServerProcess server, TimeSpan patience)
    {
        // The header of a new segment is no record.
        const int Header = 64;
        return server.UntilAsync(
            async () =>
            {
                var pipeline = await server.Api.GetFromJsonAsync<JsonElement>("internal/pipeline/");
                return pipeline.GetProperty("stages")[0].GetProperty("lagBytes").GetInt64() <= Header;
            },
            "the backlog to be gone",
            patience
        );
    }

    public static string Text(this JsonElement element, string property) => element.GetProperty(property).ToString();

    /// <summary>The frames of the thrown exception, oldest first.</summary>
    public static IReadOnlyList<JsonElement> Frames(this JsonElement detail)
    {
        var exception = detail.GetProperty("entries").EnumerateArray().Single(entry => entry.Text("type") == "exception");
        var thrown = exception.GetProperty("data").GetProperty("values").EnumerateArray().Last();
        return [.. thrown.GetProperty("stacktrace").GetProperty("frames").EnumerateArray()];
    }

    public static string? Tag(this JsonElement detail, string key) =>
        detail
            .GetProperty("tags")
            .EnumerateArray()
            .Where(tag => tag.Text("key") == key)
            .Select(tag => tag.Text("value"))
            .FirstOrDefault();
}
