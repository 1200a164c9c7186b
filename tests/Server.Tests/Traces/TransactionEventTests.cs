using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Server.Tests.Corpus;

namespace Server.Tests.Traces;

/// <summary>A transaction read back as an event, and lists of events in full.</summary>
public class TransactionEventTests
{
    const string TransactionId = "9ec79c33ec9942ab8353589fcb2e04dc";
    const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    static async Task<WholeServer> WithEventsAsync()
    {
        var server = await WholeServer.StartAsync();
        var start = server.Clock.GetUtcNow().ToUnixTimeSeconds() - 10;
        string Span(string id, string op, int from, int to) =>
            $$"""
                {"trace_id":"{{Trace}}","span_id":"{{id}}","parent_span_id":"00000000000000aa","op":"{{op}}","description":"{{op}} {{id}}",
                "start_timestamp":{{start}}.{{from:D3}},"timestamp":{{start}}.{{to:D3}},"data":{"rows":3} }
                """;
        var transaction =
            $$$"""
            {"type":"transaction","event_id":"{{{TransactionId}}}","platform":"python","transaction":"GET /cart",
            "transaction_info":{"source":"route"},"tags":{"plan":"gold"},"start_timestamp":{{{start}}},"timestamp":{{{start + 2}}},
            "measurements":{"lcp":{"value":1500,"unit":"millisecond"},"bundle":{"value":12,"unit":"kilobyte"}},
            "contexts":{"trace":{"trace_id":"{{{Trace}}}","span_id":"00000000000000aa","op":"http.server"}},
            "spans":[{{{Span("00000000000000b1", "db.sql.query", 100, 300)}}},{{{Span("00000000000000b2", "db", 200, 400)}}},{{{Span(
                "00000000000000b3",
                "http.client",
                500,
                600
            )}}}]}
            """.ReplaceLineEndings(
                ""
            );
        using var http = new HttpClient { BaseAddress = server.Address };
        using var envelope = new StringContent($"{{}}\n{{\"type\":\"transaction\"}}\n{transaction}\n", Encoding.UTF8);
        using var taken = await http.PostAsync($"api/{WholeServer.Project}/envelope/?sentry_key={WholeServer.Key}", envelope);
        taken.EnsureSuccessStatusCode();
        using var stored = await http.PostAsJsonAsync(
            $"api/{WholeServer.Project}/store/?sentry_key={WholeServer.Key}",
            new
            {
                platform = "python",
                exception = new[] { new { type = "PaymentError", value = "it broke" } },
                modules = new { django = "5.0" },
            }
        );
        stored.EnsureSuccessStatusCode();
        await server.DrainAsync();
        return server;
    }

    [Fact]
    public async Task A_transaction_has_its_spans_its_times_its_tags_and_where_they_went()
    {
        await using var server = await WithEventsAsync();

        var found = await server.Api.GetFromJsonAsync<JsonElement>($"projects/acme/shop/events/{TransactionId}/");

        found.GetProperty("type").GetString().ShouldBe("transaction");
        found.GetProperty("groupID").ValueKind.ShouldBe(JsonValueKind.Null);
        found.GetProperty("nextEventID").ValueKind.ShouldBe(JsonValueKind.Null);
        (found.GetProperty("endTimestamp").GetDouble() - found.GetProperty("startTimestamp").GetDouble()).ShouldBe(2, 1e-6);
        found
            .GetProperty("tags")
            .EnumerateArray()
            .Single(tag => tag.GetProperty("key").GetString() == "plan")
            .GetProperty("value")
            .GetString()
            .ShouldBe("gold");
        var measurements = found.GetProperty("measurements");
        measurements.GetProperty("lcp").GetProperty("value").GetDouble().ShouldBe(1500);
        measurements.GetProperty("bundle").GetProperty("unit").GetString().ShouldBe("kilobyte");
        var operations = found.GetProperty("breakdowns").GetProperty("span_ops");
        operations.GetProperty("ops.db").GetProperty("value").GetDouble().ShouldBe(300, 1);
        operations.GetProperty("ops.http").GetProperty("value").GetDouble().ShouldBe(100, 1);
        operations.GetProperty("total.time").GetProperty("value").GetDouble().ShouldBe(2000, 1);
        var spans = found
            .GetProperty("entries")
            .EnumerateArray()
            .Single(entry => entry.GetProperty("type").GetString() == "spans")
            .GetProperty("data")
            .EnumerateArray()
            .ToList();
        spans
            .Select(span => span.GetProperty("span_id").GetString())
            .ShouldBe(["00000000000000b1", "00000000000000b2", "00000000000000b3"]);
        spans[2].GetProperty("op").GetString().ShouldBe("http.client");
        spans[2].GetProperty("parent_span_id").GetString().ShouldBe("00000000000000aa");
        spans[2].GetProperty("exclusive_time").GetDouble().ShouldBe(100, 1);
        spans[2].GetProperty("data").GetProperty("rows").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task An_event_of_the_organisation_is_named_by_its_project_and_its_id()
    {
        await using var server = await WithEventsAsync();

        var found = await server.Api.GetFromJsonAsync<JsonElement>($"organizations/acme/events/shop:{TransactionId}/");

        found.GetProperty("eventID").GetString().ShouldBe(TransactionId);
        found.GetProperty("title").GetString().ShouldBe("GET /cart");
        foreach (var unknown in (string[])[$"other:{TransactionId}", $"shop:{Trace}", TransactionId, "shop:", ":", "shop:*"])
        {
            using var answer = await server.Api.GetAsync($"organizations/acme/events/{unknown}/");
            answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound, unknown);
        }
    }

    [Fact]
    public async Task A_list_of_events_has_each_in_full_where_that_is_asked_for()
    {
        await using var server = await WithEventsAsync();

        var brief = await server.Api.GetFromJsonAsync<JsonElement>("projects/acme/shop/events/");
        var full = await server.Api.GetFromJsonAsync<JsonElement>("projects/acme/shop/events/?full=true");
        var group = full[0].GetProperty("groupID").GetString();
        var ofIssue = await server.Api.GetFromJsonAsync<JsonElement>($"organizations/acme/issues/{group}/events/?full=1");

        brief.EnumerateArray().ShouldHaveSingleItem().TryGetProperty("entries", out _).ShouldBeFalse();
        foreach (var list in (JsonElement[])[full, ofIssue])
        {
            var found = list.EnumerateArray().ShouldHaveSingleItem();
            found.GetProperty("title").GetString().ShouldBe("PaymentError: it broke");
            found.GetProperty("packages").GetProperty("django").GetString().ShouldBe("5.0");
            found
                .GetProperty("entries")[0]
                .GetProperty("data")
                .GetProperty("values")[0]
                .GetProperty("type")
                .GetString()
                .ShouldBe("PaymentError");
        }
    }
}
