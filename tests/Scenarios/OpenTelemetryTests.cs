using System.Net.Http.Json;
using System.Text.Json;

namespace Scenarios;

/// <summary>A service that knows nothing of Sentry sends by OpenTelemetry's own exporters: its trace is there, and the error in it on its span.</summary>
public sealed class OpenTelemetryTests
{
    [Theory]
    [InlineData("grpc")]
    [InlineData("proto")]
    [InlineData("http")]
    public async Task A_trace_from_an_exporter_is_a_trace_and_its_exception_an_issue(string exporter)
    {
        var grpc = $"127.0.0.1:{ServerProcess.FreePort()}";
        await using var server = await ServerProcess.StartAsync(("TOCSIN_OTLP_GRPC", grpc));
        var address = exporter switch
        {
            "grpc" => $"http://{grpc}",
            "proto" => $"{server.Url}v1/traces",
            _ => $"{server.Url}api/{ServerProcess.ProjectId}/integration/otlp/v1/traces",
        };

        var printed = await Clients.RunAsync("node", ["otel-cart.mjs", exporter, address, ServerProcess.Key]);

        await server.UntilAsync(async () => (await server.IssuesAsync()).Count == 1, "the issue");
        var issue = (await server.IssuesAsync()).Single();
        issue.Text("title").ShouldBe("RangeError: no cart 7");
        var error = await server.LatestEventAsync(issue);
        error.Frames()[^1].Text("function").ShouldBe("load");
        var trace = await TraceAsync(server, printed.Trim());
        var spans = trace.GetProperty("spans").EnumerateArray().ToDictionary(span => span.Text("op"));
        spans.Keys.ShouldBe(["http.server", "db"], ignoreOrder: true);
        var (request, query) = (spans["http.server"], spans["db"]);
        query.Text("parent_span_id").ShouldBe(request.Text("span_id"));
        query.Text("segment_id").ShouldBe(request.Text("span_id"));
        request.Text("transaction").ShouldBe("GET /cart");
        request.Text("service").ShouldBe("cart");
        trace.GetProperty("errors").EnumerateArray().Single().Text("span_id").ShouldBe(query.Text("span_id"));
    }

    static async Task<JsonElement> TraceAsync(ServerProcess server, string id)
    {
        var read = default(JsonElement);
        await server.UntilAsync(
            async () =>
            {
                using var answer = await server.Api.GetAsync($"organizations/default/traces/{id}/");
                if (!answer.IsSuccessStatusCode)
                {
                    return false;
                }
                read = await answer.Content.ReadFromJsonAsync<JsonElement>();
                return read.GetProperty("spans").GetArrayLength() == 2 && read.GetProperty("errors").GetArrayLength() == 1;
            },
            "the trace"
        );
        return read;
    }
}
