using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Server.Tests.Corpus;
using Server.Tests.Hosting;
using Server.Tests.Pipeline;
using Tocsin.Protocol;

namespace Server.Tests.Countries;

/// <summary>From the address behind a request to the country that the pages show. 203.0.113.0/24 is in AT, 2001:db8:1::/48 in CH.</summary>
public sealed class CountryIntakeTests
{
    const string Trace = "000000000000000000000000000000aa";
    const string Near = "203.0.113.7";
    const string Far = "2001:db8:1::7";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Page_loads_have_the_country_of_who_sent_them_whether_addresses_are_kept_or_not(bool scrubs)
    {
        await using var server = await StartedAsync();
        await server.Api.PutJsonAsync("projects/acme/shop/", new { scrubIPAddresses = scrubs });
        await SendAsync(server, PageLoad(server, "a1"), Near + ", 10.0.0.1");
        await SendAsync(server, Streamed("auto", Span(server, "b1", "\"is_segment\":true,"), Span(server, "b2")), Far);
        await SendAsync(server, Interaction(server, "c1"), "203.0.113.9");

        var vitals = await server.Api.GetJsonAsync("organizations/acme/performance/vitals/?statsPeriod=24h&by=country");

        var rows = vitals.GetProperty("rows").EnumerateArray().ToDictionary(row => row.Text("name"));
        rows.Keys.ShouldBe(["AT", "CH"], ignoreOrder: true);
        (Count(rows["AT"], "lcp"), Count(rows["AT"], "inp"), Count(rows["CH"], "lcp")).ShouldBe((1, 1, 1));
        var shown = await SpansAsync(server, "a1", "a2", "b1", "b2", "c1");
        shown.Select(span => span.Text("country")).ShouldBe(["AT", "AT", "CH", "CH", "AT"]);
        shown
            .Select(span => span.GetProperty("user").GetString())
            .ShouldBe(
                scrubs ? [null, null, null, null, null] : ["ip:" + Near, "ip:" + Near, "ip:" + Far, "ip:" + Far, "ip:203.0.113.9"]
            );
    }

    [Fact]
    public async Task A_stated_country_wins_over_that_of_the_address()
    {
        await using var server = await StartedAsync();
        await SendAsync(server, PageLoad(server, "a1", """ "user":{"geo":{"country_code":"fr"}}, """), Near);
        await SendAsync(server, PageLoad(server, "a3", data: """ "user.geo.country_code":"it" """), Near);
        var segment = Span(server, "b1", "\"is_segment\":true,", """ ,"user.geo.country_code":{"value":"es","type":"string"} """);
        await SendAsync(server, Streamed("auto", segment, Span(server, "b2")), Near);

        var shown = await SpansAsync(server, "a1", "a2", "a3", "a4", "b1", "b2");
        shown.Select(span => span.Text("country")).ShouldBe(["FR", "FR", "IT", "IT", "ES", "ES"]);
    }

    [Fact]
    public async Task A_stated_address_is_looked_up_and_a_sender_who_may_not_be_taken_for_the_user_is_not()
    {
        await using var server = await StartedAsync();
        await SendAsync(server, PageLoad(server, "a1", $$""" "user":{"ip_address":"{{Far}}"}, """), Near);
        await SendAsync(
            server,
            PageLoad(server, "a3", """ "sdk":{"name":"sentry.javascript.browser","settings":{"infer_ip":"never"}}, """),
            Near
        );
        await SendAsync(server, PageLoad(server, "a5", """ "user":{"ip_address":"192.0.2.1"}, """), Near);
        var stated = Span(server, "b1", "\"is_segment\":true,", $$""" ,"client.address":{"value":"{{Far}}","type":"string"} """);
        await SendAsync(server, Streamed("auto", stated), Near);
        await SendAsync(server, Streamed("never", Span(server, "b3", "\"is_segment\":true,")), Near);

        var shown = await SpansAsync(server, "a1", "a3", "a5", "b1", "b3");
        shown.Select(span => span.GetProperty("country").GetString()).ShouldBe(["CH", null, null, "CH", null]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_user_of_an_error_has_the_country_of_the_address_whether_it_is_kept_or_not(bool scrubs)
    {
        await using var server = await StartedAsync();
        await server.Api.PutJsonAsync("projects/acme/shop/", new { scrubIPAddresses = scrubs });
        var (inferred, stated) = (EventId.New(), EventId.New());
        await SendAsync(server, Error(inferred, """ "user":{"ip_address":"{{auto}}","geo":{"city":"Graz"}} """), Near);
        await SendAsync(server, Error(stated, """ "user":{"ip_address":"{{auto}}","geo":{"country_code":"FR"}} """), Near);

        var user = (await server.Api.GetJsonAsync($"projects/acme/shop/events/{inferred}/")).GetProperty("user");
        (user.GetProperty("geo").Text("country_code"), user.GetProperty("geo").Text("city")).ShouldBe(("AT", "Graz"));
        user.GetProperty("ip_address").GetString().ShouldBe(scrubs ? null : Near);
        (await server.Api.GetJsonAsync($"projects/acme/shop/events/{stated}/"))
            .GetProperty("user")
            .GetProperty("geo")
            .Text("country_code")
            .ShouldBe("FR");
    }

    static Task<WholeServer> StartedAsync() =>
        WholeServer.StartAsync(services => services.AddSingleton(SomeCountryFile.Usual.ToTable()));

    static long Count(JsonElement row, string vital) => row.GetProperty(vital).GetProperty("count").GetInt64();

    static long Now(WholeServer server) => server.Clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>With a span below it, whose id is the next.</summary>
    /// <param name="more">Of the event, with a comma behind it.</param>
    /// <param name="data">Attributes of its own span.</param>
    static SomeEnvelope PageLoad(WholeServer server, string id, string more = "", string data = "")
    {
        var child = (Convert.ToInt32(id, 16) + 1).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
        return new SomeEnvelope(EventId.New()).With(
            "transaction",
            $$$"""
            {"type":"transaction","platform":"javascript","transaction":"/cart",{{{more}}}
            "start_timestamp":{{{Now(server) - 2}}},"timestamp":{{{Now(server)}}},
            "measurements":{"lcp":{"value":1200,"unit":"millisecond"}},
            "contexts":{"trace":{"trace_id":"{{{Trace}}}","span_id":"{{{id.PadLeft(16, '0')}}}","op":"pageload","data":{ {{{data}}} } } },
            "spans":[{"trace_id":"{{{Trace}}}","span_id":"{{{child}}}","parent_span_id":"{{{id.PadLeft(
                16,
                '0'
            )}}}","op":"resource.css","start_timestamp":{{{Now(server) - 1}}},"timestamp":{{{Now(server)}}}}]}
            """
        );
    }

    /// <param name="more">With a comma behind it.</param>
    /// <param name="attributes">With a comma before each.</param>
    static string Span(WholeServer server, string id, string more = "", string attributes = "") =>
        $$"""
            {"trace_id":"{{Trace}}","span_id":"{{id.PadLeft(16, '0')}}",{{more}}"name":"/home","status":"ok",
            "start_timestamp":{{Now(server) - 1}},"end_timestamp":{{Now(server)}},"attributes":{
            "sentry.op":{"value":"pageload","type":"string"},"sentry.segment.id":{"value":"00000000000000b1","type":"string"},
            "browser.web_vital.lcp.value":{"value":{{(more.Length > 0 ? 900 : -1)}},"type":"double"}{{attributes}} } }
            """;

    static SomeEnvelope Streamed(string infers, params string[] spans) =>
        new SomeEnvelope(null).With(
            "span",
            $$"""{"version":2,"ingest_settings":{"infer_ip":"{{infers}}"},"items":[{{string.Join(',', spans)}}]}""",
            new() { ["item_count"] = spans.Length, ["content_type"] = "application/vnd.sentry.items.span.v2+json" }
        );

    /// <summary>As browsers' clients send it beside the transaction.</summary>
    static SomeEnvelope Interaction(WholeServer server, string id) =>
        new SomeEnvelope(null).With(
            "span",
            $$$"""
            {"trace_id":"{{{Trace}}}","span_id":"{{{id.PadLeft(16, '0')}}}","segment_id":"{{{id.PadLeft(
                16,
                '0'
            )}}}","is_segment":true,
            "op":"ui.interaction.click","description":"button","start_timestamp":{{{Now(server) - 1}}},"timestamp":{{{Now(
                server
            )}}},
            "data":{"transaction":"/cart","client.address":"{{auto}}"},"measurements":{"inp":{"value":16,"unit":"millisecond"} } }
            """
        );

    static SomeEnvelope Error(EventId id, string more) =>
        new SomeEnvelope(id).With(
            "event",
            $$"""{"event_id":"{{id}}","platform":"python","exception":{"values":[{"type":"E","value":"boom"}]},{{more}}}"""
        );

    static async Task SendAsync(WholeServer server, SomeEnvelope envelope, string forwardedFor)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        using var answer = await http.PostAsync(
            $"api/{WholeServer.Project}/envelope/?sentry_key={WholeServer.Key}",
            new ByteArrayContent(envelope.ToBytes())
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        await server.DrainAsync();
    }

    static async Task<IReadOnlyList<JsonElement>> SpansAsync(WholeServer server, params string[] ids)
    {
        var spans = new List<JsonElement>();
        foreach (var id in ids)
        {
            spans.Add(await server.Api.GetJsonAsync($"organizations/acme/traces/{Trace}/spans/{id.PadLeft(16, '0')}/"));
        }
        return spans;
    }
}
