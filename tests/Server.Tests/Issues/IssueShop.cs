using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Server.Tests.Corpus;
using Server.Tests.Explore;
using Tocsin.Server.Hosting;
using Tocsin.Telemetry;

namespace Server.Tests.Issues;

/// <summary>The whole server with a handful of issues of known shape: what the tests of lists, searches and changes ask about.</summary>
public sealed class IssueShop : IAsyncLifetime
{
    internal WholeServer Server { get; private set; } = null!;

    /// <summary>Answers whole unless it is told otherwise.</summary>
    internal FakeCutStore Store => (FakeCutStore)Server.Get<TelemetryStore>();

    public async ValueTask InitializeAsync()
    {
        Server = await WholeServer.StartAsync(services =>
            services.AddSingleton<TelemetryStore>(provider => new FakeCutStore(provider.GetRequiredService<Stores>().Telemetry))
        );
        await SendAsync(
            "Payment",
            "error",
            handled: false,
            user: "ada",
            release: "shop@1.0",
            environment: "production",
            browser: "Firefox"
        );
        await SendAsync(
            "Payment",
            "error",
            handled: false,
            user: "bob",
            release: "shop@1.1",
            environment: "production",
            browser: "Chrome"
        );
        await SendAsync(
            "Payment",
            "error",
            handled: false,
            user: "ada",
            release: "shop@1.1",
            environment: "staging",
            browser: "Chrome"
        );
        await SendAsync(
            "Shipping",
            "warning",
            handled: true,
            user: "ada",
            release: "shop@1.1",
            environment: "production",
            browser: "Chrome"
        );
        await SendAsync("Stock 100%_a", "info", handled: true, user: null, release: null, environment: "staging", browser: null);
        await Server.DrainAsync();
    }

    /// <summary>One event of the issue with this name; time passes between two.</summary>
    internal async Task<string> SendAsync(
        string name,
        string level,
        bool handled = true,
        string? user = null,
        string? release = null,
        string? environment = null,
        string? browser = null,
        DateTimeOffset? at = null
    )
    {
        var id = Guid.NewGuid().ToString("N");
        var body = JsonSerializer.Serialize(
            new
            {
                event_id = id,
                timestamp = at?.ToUnixTimeSeconds(),
                level,
                release,
                environment,
                platform = "python",
                fingerprint = new[] { name },
                user = user is null ? null : new { id = user },
                tags = browser is null ? null : new { browser },
                exception = new[]
                {
                    new
                    {
                        type = $"{name}Error",
                        value = "it broke",
                        mechanism = new { type = "generic", handled },
                    },
                },
            }
        );
        using var http = new HttpClient { BaseAddress = Server.Address };
        using var answer = await http.PostAsync(
            $"api/{WholeServer.Project}/store/?sentry_key={WholeServer.Key}",
            new StringContent(body, Encoding.UTF8, "application/json")
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Server.Clock.MoveTo(Server.Clock.GetUtcNow().AddMinutes(1));
        return id;
    }

    internal async Task<JsonElement> GetAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await Server.Api.GetAsync(path);
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    internal async Task<JsonElement> PutAsync(string path, object body)
    {
        using var answer = await Server.Api.PutAsJsonAsync(path, body);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The names of the issues that a search finds, in the order of the answer.</summary>
    internal async Task<IReadOnlyList<string>> FindAsync(string query, string more = "")
    {
        var issues = await GetAsync($"organizations/acme/issues/?query={Uri.EscapeDataString(query)}{more}");
        return
        [
            .. issues
                .EnumerateArray()
                .Select(issue => issue.GetProperty("metadata").GetProperty("type").GetString()!.Replace("Error", "")),
        ];
    }

    internal async Task<JsonElement> IssueAsync(string name)
    {
        var issues = await GetAsync("organizations/acme/issues/?query=");
        return issues
            .EnumerateArray()
            .Single(issue => issue.GetProperty("metadata").GetProperty("type").GetString() == $"{name}Error");
    }

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();
}
