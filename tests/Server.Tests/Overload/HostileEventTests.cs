using System.Net;
using System.Text;
using Server.Tests.Corpus;
using Tocsin.Protocol;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Overload;

/// <summary>Events made to cost as much as possible: each is answered as documented, ends in one outcome, and nothing behind it waits for ever.</summary>
public sealed class HostileEventTests
{
    static readonly (string Name, Func<string> Payload, HttpStatusCode[] Answers)[] Events =
    [
        ("a hundred thousand levels", () => Nested(100_000), [HttpStatusCode.OK, HttpStatusCode.BadRequest]),
        ("a million keys", () => Keys(1_000_000), [HttpStatusCode.RequestEntityTooLarge]),
        ("fifty thousand keys", () => Keys(50_000), [HttpStatusCode.OK]),
        ("the same key fifty thousand times", () => Repeated(50_000), [HttpStatusCode.OK]),
        ("a hundred thousand tags", () => Tags(100_000), [HttpStatusCode.OK]),
        ("tags in pairs", () => TagPairs(30_000), [HttpStatusCode.OK]),
        ("forty thousand frames in threads", () => Threads(800, 50), [HttpStatusCode.OK]),
        ("twenty thousand exceptions", () => Exceptions(20_000), [HttpStatusCode.OK]),
        ("forty thousand breadcrumbs", () => Breadcrumbs(40_000), [HttpStatusCode.OK]),
        ("one value of a megabyte", () => $$"""{"message":"{{new string('x', 1_000_000)}}"}""", [HttpStatusCode.OK]),
        ("a fingerprint of fifty thousand parts", () => Fingerprint(50_000), [HttpStatusCode.OK]),
        (
            "numbers that overflow",
            () => """{"timestamp":1e999,"extra":{"a":-1e400,"b":123456789012345678901234567890}}""",
            [HttpStatusCode.OK]
        ),
    ];

    [Fact]
    public async Task Each_is_answered_as_documented_and_ends_in_one_outcome()
    {
        await using var server = await WholeServer.StartAsync();
        var accepted = 0;
        foreach (var (name, payload, answers) in Events)
        {
            var status = await SendAsync(server, payload());
            answers.ShouldContain(status, name);
            accepted += status == HttpStatusCode.OK ? 1 : 0;
        }
        (await SendAsync(server, """{"message":"an ordinary one behind them"}""")).ShouldBe(HttpStatusCode.OK);

        await server.DrainAsync();

        var outcomes = await server.OutcomesAsync();
        outcomes.ShouldAllBe(row => row.Kind == OutcomeKind.Accepted || row.Kind == OutcomeKind.Invalid);
        QuantityOf(DataCategory.Error).ShouldBe(accepted + 1);
        // Refused before its items are known, it counts as what its door counts.
        QuantityOf(DataCategory.Default).ShouldBe(Events.Length - accepted);
        server.Get<PipelineHealth>().Error.ShouldBeNull();

        long QuantityOf(string category) => outcomes.Where(row => row.Category == category).Sum(row => row.Quantity);
    }

    internal static async Task<HttpStatusCode> SendAsync(WholeServer server, string payload)
    {
        var id = EventId.New();
        using var content = new StringContent(
            $"{{\"event_id\":\"{id}\"}}\n{{\"type\":\"event\",\"length\":{Encoding.UTF8.GetByteCount(payload)}}}\n{payload}\n"
        );
        using var answer = await server.Api.PostAsync(
            new Uri(server.Address, $"api/42/envelope/?sentry_key={WholeServer.Key}"),
            content
        );
        return answer.StatusCode;
    }

    internal static string Nested(int depth) => "{\"extra\":" + Repeat("{\"a\":", depth) + "1" + new string('}', depth) + "}";

    internal static string Keys(int count) => "{\"extra\":{" + Join(count, i => $"\"k{i}\":1") + "}}";

    static string Repeated(int count) => "{" + Join(count, _ => "\"message\":\"x\"") + "}";

    /// <summary>As short as they can be: so many are just within what an event may have.</summary>
    internal static string Tags(int count) => "{\"tags\":{" + Join(count, i => $"\"{i}\":1") + "}}";

    static string TagPairs(int count) => "{\"tags\":[" + Join(count, i => $"[\"t{i}\",\"v\"]") + "]}";

    static string Threads(int threads, int frames) =>
        "{\"threads\":{\"values\":[" + Join(threads, i => Thread(i, Join(frames, _ => """{"function":"f"}"""))) + "]}}";

    static string Thread(int id, string frames) => "{\"id\":" + id + ",\"stacktrace\":{\"frames\":[" + frames + "]}}";

    static string Exceptions(int count) =>
        "{\"exception\":{\"values\":[" + Join(count, i => "{\"type\":\"E" + i + "\",\"value\":\"v\"}") + "]}}";

    static string Breadcrumbs(int count) => "{\"breadcrumbs\":[" + Join(count, _ => """{"message":"b"}""") + "]}";

    static string Fingerprint(int count) => "{\"fingerprint\":[" + Join(count, i => $"\"f{i}\"") + "]}";

    static string Join(int count, Func<int, string> part) => string.Join(',', Enumerable.Range(0, count).Select(part));

    static string Repeat(string part, int times) => new StringBuilder(part.Length * times).Insert(0, part, times).ToString();
}
