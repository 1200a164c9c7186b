using System.Text.Json.Nodes;

namespace Scenarios;

/// <summary>A page load, the API it calls with a loop of queries, and a warehouse whose query fails.</summary>
sealed class CheckoutTrace
{
    const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

    readonly SentTrace trace;
    readonly double late;
    readonly SentSpan page = new("pageload", "", 0, 3000);
    readonly SentSpan call = new("http.client", "GET /api/cart/4711", 600, 2600);
    readonly SentSpan api;
    readonly SentSpan warehouse;
    readonly SentSpan[] loop =
    [
        .. Enumerable
            .Range(0, 5)
            .Select(n => new SentSpan("db.sql.query", "SELECT * FROM item WHERE id = $1", 800 + (n * 100), 850 + (n * 100))),
    ];

    /// <param name="late">How far the warehouse's clock is behind, in milliseconds.</param>
    public CheckoutTrace(ServerProcess server, double late = 0)
    {
        this.late = late;
        trace = new(server, DateTimeOffset.UtcNow.AddSeconds(-5));
        api = new("http.server", "", 640, 2560, call.Id);
        warehouse = new("http.server", "", 1500 - late, 2400 - late, api.Id, "internal_error");
        Query = new("db.sql.query", "UPDATE stock SET reserved = $1", 1510 - late, 2390 - late, Status: "deadline_exceeded");
        Cart = new("db.sql.query", "SELECT * FROM cart WHERE id = $1", 660, 700, Link: Item.Id);
    }

    public string Id => trace.Id;

    public SentSpan Query { get; }

    /// <summary>Before the loop; links to one inside it.</summary>
    public SentSpan Cart { get; }
    public SentSpan Item => loop[2];

    public async Task SendPageAndApiAsync()
    {
        var lcp = new JsonObject { ["value"] = 2710, ["unit"] = "millisecond" };
        await trace.SendTransactionAsync(
            "/checkout/:cart",
            "pageload",
            page,
            [call],
            new()
            {
                ["measurements"] = new JsonObject { ["lcp"] = lcp },
                ["request"] = new JsonObject { ["headers"] = new JsonObject { ["User-Agent"] = Firefox } },
                ["tags"] = new JsonObject { ["effectiveConnectionType"] = "4g" },
                ["user"] = new JsonObject
                {
                    ["id"] = "7",
                    ["geo"] = new JsonObject { ["country_code"] = "NL" },
                },
            }
        );
        await trace.SendTransactionAsync("GET /api/cart/:id", "http.server", api, [Cart, .. loop]);
        await trace.UntilReadAsync(9);
    }

    public async Task SendWarehouseAsync()
    {
        var host = new JsonObject { ["server_name"] = "stock-1" };
        await trace.SendTransactionAsync("POST /stock/reserve", "http.server", warehouse, [Query], host);
        await trace.SendErrorAsync("QueryTimeout", "canceling statement due to statement timeout", Query, 2390 - late);
    }
}
