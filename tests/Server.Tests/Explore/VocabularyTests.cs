using System.Globalization;
using System.Net;
using System.Text.Json;
using Server.Tests.Hosting;
using Server.Tests.Traces;

namespace Server.Tests.Explore;

public class VocabularyTests(ExploreShop shop) : IClassFixture<ExploreShop>
{
    static IReadOnlyList<string?> Names(JsonElement list, string property = "key") =>
        [.. list.EnumerateArray().Select(one => one.GetProperty(property).GetString())];

    [Fact]
    public async Task Tags_of_errors_are_listed_with_their_number()
    {
        var tags = await shop.GetAsync("tags/");

        var browser = tags.EnumerateArray().Single(tag => tag.GetProperty("key").GetString() == "browser");
        browser.GetProperty("totalValues").GetInt64().ShouldBe(12);
        Names(tags).ShouldContain("environment");
        Names(await shop.GetAsync("tags/?dataset=spans")).ShouldBe(["cart.kind", "cart.size", "measurements.frames.slow"]);
    }

    [Fact]
    public async Task Values_of_a_tag_come_with_the_most_frequent_first()
    {
        var values = await shop.GetAsync("tags/browser/values/");

        Names(values, "value").ShouldBe(["Chrome", "Firefox"]);
        values[0].GetProperty("count").GetInt64().ShouldBe(9);
        values[1].GetProperty("lastSeen").GetString().ShouldBe("2026-11-20T11:50:00Z");
        Names(await shop.GetAsync("tags/browser/values/?query=FOX"), "value").ShouldBe(["Firefox"]);
        Names(await shop.GetAsync("tags/transaction/values/?dataset=transactions"), "value")
            .ShouldBe(["GET /cart", "GET /stock", "POST /pay"]);
        (await shop.GetAsync("tags/nothing/values/")).GetArrayLength().ShouldBe(0);
        await shop.GetAsync("tags/count()/values/", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Tags_and_values_of_one_project_are_asked_below_it()
    {
        await using var host = await TocsinHost.StartAsync();
        var made = await host.With()
            .PostJsonAsync("/api/0/teams/default/default/projects/", new { name = "other" }, HttpStatusCode.Created);
        var other = long.Parse(made.Text("id"), CultureInfo.InvariantCulture);
        await host.StoreAsync(
            [],
            [
                host.Error(1, 7) with
                {
                    Tags = """{"browser":"Chrome"}""",
                },
                host.Error(2, 8, project: other) with
                {
                    Tags = """{"shell":"fish"}""",
                },
            ]
        );

        var tags = await host.With().GetJsonAsync("/api/0/projects/default/other/tags/");
        var values = await host.With().GetJsonAsync("/api/0/projects/default/other/tags/shell/values/?query=FI");

        Names(tags).ShouldBe(["level", "shell"], ignoreOrder: true);
        Names(values, "value").ShouldBe(["fish"]);
        (await host.With().GetJsonAsync("/api/0/projects/default/other/tags/browser/values/")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Attributes_are_fields_and_what_clients_add_by_their_type()
    {
        var numbers = await shop.GetAsync("trace-items/attributes/?itemType=spans&attributeType=number");
        Names(numbers).ShouldContain("span.duration");
        Names(numbers).ShouldContain("tags[cart.size,number]");
        numbers
            .EnumerateArray()
            .Single(one => one.GetProperty("key").GetString() == "measurements.score.total")
            .GetProperty("attributeSource")
            .GetProperty("source_type")
            .GetString()
            .ShouldBe("sentry");
        Names(numbers).ShouldNotContain("span.op");

        var texts = await shop.GetAsync("trace-items/attributes/?itemType=spans&attributeType=string&substringMatch=CART");
        var kind = texts.EnumerateArray().ShouldHaveSingleItem();
        kind.GetProperty("key").GetString().ShouldBe("cart.kind");
        kind.GetProperty("attributeSource").GetProperty("source_type").GetString().ShouldBe("user");

        Names(await shop.GetAsync("trace-items/attributes/cart.kind/values/?itemType=spans&substringMatch=ful"), "value")
            .ShouldBe(["full"]);
    }

    [Fact]
    public async Task Fields_of_spans_are_also_known_by_an_older_route()
    {
        Names(await shop.GetAsync("spans/fields/?query=CART")).ShouldBe(["cart.kind"]);
        Names(await shop.GetAsync("spans/fields/?type=number&query=cart")).ShouldBe(["cart.size"]);
        Names(await shop.GetAsync("spans/fields/")).ShouldContain("span.op");

        Names(await shop.GetAsync("spans/fields/cart.kind/values/?query=ful"), "value").ShouldBe(["full"]);
        Names(await shop.GetAsync("spans/fields/span.op/values/"), "value").ShouldBe(["db.sql.query", "http.server"]);
        await shop.GetAsync("spans/fields/?project=nobodys", HttpStatusCode.NotFound);
    }
}
