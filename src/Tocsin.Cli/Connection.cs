using System.CommandLine;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tocsin.Cli;

/// <summary>Where to call and as whom: options, else TOCSIN_SERVER, TOCSIN_TOKEN and TOCSIN_ORG, else what <c>login</c> saved.</summary>
sealed class Connection : IDisposable
{
    public static Option<string> Server { get; } =
        new("--server") { Description = "Address of the server, for example https://tocsin.example.com", Recursive = true };
    public static Option<string> Token { get; } = new("--token") { Description = "API token", Recursive = true };
    public static Option<string> Organization { get; } =
        new("--organization", "-o") { Description = "Slug of the organisation", Recursive = true };

    /// <summary>What this program calls itself.</summary>
    public const string Client = "tocsin-cli/0.1";

    readonly HttpClient http;

    Connection(Uri server, string token, string organization)
    {
        http = new() { BaseAddress = new(server, "api/0/"), Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        http.DefaultRequestHeaders.UserAgent.ParseAdd(Client);
        OrganizationSlug = organization;
    }

    public string OrganizationSlug { get; }

    public static Connection To(string server, string token, string organization) =>
        new(new(server.TrimEnd('/') + "/"), token, organization);

    /// <summary>Null when nobody has logged in.</summary>
    public static Connection? From(ParseResult parsed)
    {
        var saved = SavedLogin.Read();
        var server = parsed.GetValue(Server) ?? Environment.GetEnvironmentVariable("TOCSIN_SERVER") ?? saved?.Server;
        var token = parsed.GetValue(Token) ?? Environment.GetEnvironmentVariable("TOCSIN_TOKEN") ?? saved?.Token;
        var organization =
            parsed.GetValue(Organization) ?? Environment.GetEnvironmentVariable("TOCSIN_ORG") ?? saved?.Organization ?? "default";
        return server is null || token is null ? null : To(server, token, organization);
    }

    public Task<Answer> GetAsync(string path, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, path, null, cancellation);

    public async Task<Answer> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            var text = await response.Content.ReadAsStringAsync(cancellation);
            return new(response.StatusCode, Parse(text), null);
        }
        catch (HttpRequestException exception)
        {
            return new(0, null, exception.Message);
        }
    }

    static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => http.Dispose();
}

/// <summary>What the server said. Status 0: it could not be reached, and Failure says why.</summary>
sealed record Answer(HttpStatusCode Status, JsonNode? Body, string? Failure)
{
    public bool Ok => (int)Status is >= 200 and < 300;

    /// <summary>Prints why it failed and gives the exit code for it.</summary>
    public int Explain(TextWriter errors)
    {
        var detail = (Body as JsonObject)?["detail"]?.ToString();
        errors.WriteLine(
            Failure is not null
                ? $"The server cannot be reached: {Failure}"
                : $"{(int)Status}: {detail ?? "the server gave no reason"}"
        );
        return Status switch
        {
            0 => ExitCode.Unreachable,
            HttpStatusCode.Unauthorized => ExitCode.NotLoggedIn,
            HttpStatusCode.NotFound => ExitCode.NotFound,
            _ => ExitCode.Refused,
        };
    }
}
