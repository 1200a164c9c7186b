using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Protocol.Tests.Samples;
using Server.Tests.Corpus;
using Server.Tests.Gateway;
using Server.Tests.Hosting;
using Server.Tests.Pipeline;

namespace Server.Tests.Traces;

/// <summary>What clients leave out themselves, in the answers of the whole server.</summary>
public sealed class ClientSamplingTests : IAsyncLifetime
{
    const string Table =
        "events/?dataset=spans&statsPeriod=1h&field=count()&field=failure_count()&field=sum(span.duration)&field=epm()";

    WholeServer server = null!;

    public async ValueTask InitializeAsync() => server = await WholeServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("transaction", "\"0.1\"", 10)]
    [InlineData("transaction", "0.125", 8)]
    [InlineData("streamed", "\"0.1\"", 10)]
    [InlineData("streamed", "0.125", 8)]
    [InlineData("single", "\"0.1\"", 10)]
    [InlineData("single", "0.125", 8)]
    [InlineData("json", "c", 4)]
    [InlineData("json", "f", 16)]
    [InlineData("protobuf", "c", 4)]
    [InlineData("protobuf", "f", 16)]
    public async Task Figures_are_those_of_what_was_sent_divided_by_the_rate(string form, string rate, int weight)
    {
        var runs = SampledRun.Some("work", Start);
        await Task.WhenAll(runs.Select(run => SendAsync(form, run, rate)));
        await server.DrainAsync();

        var answer = await GetAsync($"{Table}&query=is_transaction:true transaction:work");

        var row = answer.GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        row.GetProperty("count()").GetInt64().ShouldBe(weight * runs.Count);
        row.GetProperty("failure_count()").GetInt64().ShouldBe(weight * runs.Count(run => run.Failed));
        row.GetProperty("sum(span.duration)").GetDouble().ShouldBe(weight * runs.Sum(run => run.Length), 0.1);
        row.GetProperty("epm()").GetDouble().ShouldBe(weight * runs.Count / 60.0, 1e-6);
        IsSampled(answer.GetProperty("meta").GetProperty("tocsin")).ShouldBeTrue();
    }

    [Fact]
    public async Task Clients_that_sample_differently_are_added_up_each_by_its_rate()
    {
        var runs = SampledRun.Some("work", Start);
        string[] rates = ["1", "0.5", "0.1", "\"0.01\"", "0", "1e-300"];
        int[] weights = [1, 2, 10, 100, 1, 1];
        await Task.WhenAll(runs.Select((run, at) => SendAsync("transaction", run, rates[at % rates.Length])));
        await server.DrainAsync();

        var answer = await GetAsync($"{Table}&query=is_transaction:true transaction:work");

        var row = answer.GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        row.GetProperty("count()").GetInt64().ShouldBe(runs.Select((_, at) => weights[at % weights.Length]).Sum());
        row.GetProperty("sum(span.duration)")
            .GetDouble()
            .ShouldBe(runs.Select((run, at) => weights[at % weights.Length] * run.Length).Sum(), 0.1);
    }

    [Theory]
    [InlineData("0.1", true)]
    [InlineData("1", false)]
    public async Task Every_answer_says_that_a_client_sampled(string rate, bool sampled)
    {
        foreach (var run in SampledRun.Some("work", Start))
        {
            await SendAsync("transaction", run, rate);
        }
        await server.DrainAsync();

        var list = await GetAsync("performance/transactions/?statsPeriod=1h");
        IsSampled(list.EnumerateArray().ShouldHaveSingleItem()).ShouldBe(sampled);
        var summary = await GetAsync("performance/transactions/summary/?statsPeriod=1h&transaction=work&project=shop&op=task");
        IsSampled(summary).ShouldBe(sampled);
        var table = await GetAsync("events/?dataset=spans&statsPeriod=1h&field=count()");
        IsSampled(table.GetProperty("meta").GetProperty("tocsin")).ShouldBe(sampled);
        var series = await GetAsync("events-stats/?dataset=spans&statsPeriod=1h&yAxis=count()");
        IsSampled(series.GetProperty("meta").GetProperty("tocsin")).ShouldBe(sampled);
        foreach (var route in (string[])["performance/transactions/?statsPeriod=1h", "traces/?statsPeriod=1h"])
        {
            using var answer = await server.Api.GetAsync($"organizations/acme/{route}");
            answer.Headers.Contains("X-Tocsin-Sampled").ShouldBe(sampled, route);
        }
    }

    [Fact]
    public async Task An_error_is_one_error_whatever_the_rate_of_its_trace()
    {
        var error = SomeEnvelope.Error();
        var sampled = new SomeEnvelope(error.EventId) { Trace = new() { ["sample_rate"] = "0.1" } }.With(
            "event",
            """{"message":"boom","contexts":{"trace":{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","client_sample_rate":0.1}}}"""
        );
        await PostAsync("envelope/", sampled.ToBytes(), "application/x-sentry-envelope");
        await server.DrainAsync();

        var answer = await GetAsync("events/?dataset=errors&statsPeriod=1h&field=count()");
        answer.GetProperty("data")[0].GetProperty("count()").GetInt64().ShouldBe(1);
        (await server.MetadataAsync<long>("SELECT times_seen FROM issues")).ShouldBe([1]);
    }

    /// <summary>Its own attribute, <c>sentry.sample_rate</c>, still says 1.</summary>
    [Fact]
    public async Task The_request_of_a_real_client_counts_by_the_rate_that_stands_in_its_header()
    {
        var capture = Capture.All.Single(capture => capture is { Case: "node11-tx", Number: "001" });
        server.Clock.MoveTo(new SentRequest(capture).At);
        var body = Encoding.UTF8.GetString(capture.Body());
        body.ShouldContain("\"sample_rate\":\"1\"");
        await PostAsync(
            "envelope/",
            Encoding.UTF8.GetBytes(body.Replace("\"sample_rate\":\"1\"", "\"sample_rate\":\"0.2\"")),
            "application/x-sentry-envelope"
        );
        await server.DrainAsync();

        var answer = await GetAsync("events/?dataset=spans&statsPeriod=1h&field=count()");
        answer.GetProperty("data")[0].GetProperty("count()").GetInt64().ShouldBe(5 * SentSpan.Of(capture).Count());
    }

    long Start => server.Clock.GetUtcNow().ToUnixTimeSeconds() - 600;

    static bool IsSampled(JsonElement answer) => answer.GetProperty("sampled").GetBoolean();

    Task<JsonElement> GetAsync(string route) => server.Api.GetJsonAsync($"organizations/acme/{route}");

    Task SendAsync(string form, SampledRun run, string rate) =>
        form switch
        {
            "transaction" => PostAsync("envelope/", run.AsTransaction(rate), "application/x-sentry-envelope"),
            "streamed" => PostAsync("envelope/", run.AsStreamed(rate), "application/x-sentry-envelope"),
            "single" => PostAsync("envelope/", run.AsSingle(rate), "application/x-sentry-envelope"),
            "json" => PostAsync("otlp/v1/traces", run.AsJsonExport(rate), SomeExport.Json),
            _ => PostAsync("otlp/v1/traces", run.AsProtobufExport(rate), SomeExport.Protobuf),
        };

    async Task PostAsync(string door, byte[] body, string type)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        using var answer = await http.PostAsync($"api/{WholeServer.Project}/{door}?sentry_key={WholeServer.Key}", content);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }
}
