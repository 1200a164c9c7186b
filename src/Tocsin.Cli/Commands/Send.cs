using System.CommandLine;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Tocsin.Protocol;

namespace Tocsin.Cli.Commands;

/// <summary><c>tocsin send DSN</c>: sends one test event as an SDK would, and says what became of it.</summary>
static class Send
{
    public static Command Command(TextWriter output)
    {
        var dsn = new Argument<string>("dsn") { Description = "The DSN, as an SDK gets it" };
        var message = new Option<string>("--message", "-m")
        {
            Description = "Text of the event",
            DefaultValueFactory = _ => "A test event from the tocsin command line",
        };
        var level = new Option<string>("--level") { Description = "Level of the event", DefaultValueFactory = _ => "error" };
        level.AcceptOnlyFromAmong("fatal", "error", "warning", "info", "debug");
        var release = new Option<string>("--release") { Description = "Release of the event" };
        var environment = new Option<string>("--environment") { Description = "Environment of the event" };
        var command = new Command("send", "Sends a test event to a DSN.") { dsn, message, level, release, environment };
        command.SetAction(
            (parsed, cancellation) =>
            {
                var body = new JsonObject
                {
                    ["message"] = parsed.GetValue(message),
                    ["level"] = parsed.GetValue(level),
                    ["platform"] = "other",
                    ["release"] = parsed.GetValue(release),
                    ["environment"] = parsed.GetValue(environment),
                    ["server_name"] = Environment.MachineName,
                };
                return RunAsync(parsed.GetValue(dsn)!, body, output, cancellation);
            }
        );
        return command;
    }

    static async Task<int> RunAsync(string text, JsonObject body, TextWriter output, CancellationToken cancellation)
    {
        if (!Dsn.TryParse(text, out var dsn))
        {
            Console.Error.WriteLine($"'{text}' is not a DSN; it looks like https://KEY@host/PROJECT.");
            return ExitCode.Usage;
        }
        var id = EventId.New();
        body["event_id"] = id.ToString();
        body["timestamp"] = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        var payload = Encoding.UTF8.GetBytes(body.ToJsonString());
        var envelope =
            $$"""{"event_id":"{{id}}"}"""
            + "\n"
            + $$"""{"type":"event","length":{{payload.Length}}}"""
            + "\n"
            + Encoding.UTF8.GetString(payload);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        using var request = new HttpRequestMessage(HttpMethod.Post, dsn.EnvelopeUrl) { Content = new StringContent(envelope) };
        request.Headers.TryAddWithoutValidation(
            "X-Sentry-Auth",
            $"Sentry sentry_version=7, sentry_client={Connection.Client}, sentry_key={dsn.PublicKey}"
        );
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            var answer = await response.Content.ReadAsStringAsync(cancellation);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                output.WriteLine($"Sent {id}.");
                return ExitCode.Done;
            }
            Console.Error.WriteLine($"{(int)response.StatusCode}: {answer}");
            return ExitCode.Refused;
        }
        catch (HttpRequestException exception)
        {
            Console.Error.WriteLine($"The server cannot be reached: {exception.Message}");
            return ExitCode.Unreachable;
        }
    }
}
