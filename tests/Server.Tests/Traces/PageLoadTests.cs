using System.Text.Json;
using Server.Tests.Hosting;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Traces;

/// <summary>Who waited for a page, and with what, as the head of its trace tells it.</summary>
public class PageLoadTests
{
    static SpanRow Load(TocsinHost host) =>
        new()
        {
            ProjectId = 1,
            TraceId = 0xaa,
            SpanId = 1,
            SegmentId = 1,
            IsSegment = true,
            Timestamp = host.Now() - 10_000_000,
            Received = host.Now(),
            Duration = 3_000_000,
            SelfTime = 0,
            Op = "pageload",
            Transaction = "/cart",
            Browser = "Firefox",
            BrowserVersion = "128.0",
            Os = "Linux",
            Device = "desktop",
            Connection = "4g",
            Country = "NL",
            User = "id:7",
        };

    static async Task<JsonElement> ToldAsync(TocsinHost host) =>
        (await host.With().GetJsonAsync("/api/0/organizations/default/traces/000000000000000000000000000000aa/")).GetProperty(
            "page_load"
        );

    [Fact]
    public async Task The_head_of_a_trace_tells_who_loaded_its_first_page_and_with_what()
    {
        await using var host = await TocsinHost.StartAsync();
        var load = Load(host);
        await host.StoreAsync([
            load,
            // A later load, one that is no segment, and a call: who made these is another question.
            load with
            {
                SpanId = 2,
                Timestamp = load.Timestamp + 1_000_000,
                Browser = "Chrome",
            },
            load with
            {
                SpanId = 3,
                IsSegment = false,
                Timestamp = load.Timestamp - 1,
                Browser = "Opera",
            },
            load with
            {
                SpanId = 4,
                Timestamp = load.Timestamp - 2,
                Op = "http.server",
                Browser = "curl",
            },
        ]);

        (await ToldAsync(host))
            .EnumerateObject()
            .Select(fact => $"{fact.Name} {fact.Value.GetString()}")
            .ShouldBe([
                "browser Firefox",
                "browser_version 128.0",
                "os Linux",
                "device desktop",
                "connection 4g",
                "country NL",
                "user id:7",
            ]);
    }

    [Fact]
    public async Task A_trace_without_a_page_load_tells_nothing_of_one()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync([Load(host) with { Op = "http.server" }]);

        (await ToldAsync(host)).ValueKind.ShouldBe(JsonValueKind.Null);
    }
}
