using System.Net;
using System.Text.Json;

namespace Server.Tests.Explore;

public class DistributionTests(ExploreShop shop) : IClassFixture<ExploreShop>
{
    const string Asked = "trace-items/stats/?statsType=attributeDistributions";

    static JsonElement Table(JsonElement answer) =>
        answer
            .GetProperty("data")
            .EnumerateArray()
            .ShouldHaveSingleItem()
            .GetProperty("attribute_distributions")
            .GetProperty("data");

    static IEnumerable<(string?, double)> Values(JsonElement attribute) =>
        attribute
            .EnumerateArray()
            .Select(value => (value.GetProperty("label").GetString(), value.GetProperty("value").GetDouble()));

    [Fact]
    public async Task Attributes_have_the_values_of_the_spans_that_the_query_chooses()
    {
        var table = Table(await shop.GetAsync($"{Asked}&query=is_transaction:true%20http.status_code:200"));

        Values(table.GetProperty("cart.kind")).ShouldBe([("half", 150), ("full", 120)]);
        Values(table.GetProperty("span.op")).ShouldBe([("http.server", 270)]);
        Values(table.GetProperty("transaction"))
            .Select(value => value.Item1)
            .ShouldBe(["GET /cart", "GET /stock", "POST /pay"], ignoreOrder: true);
        // Of numbers hardly two are equal.
        table.TryGetProperty("cart.size", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task They_are_chosen_by_parts_of_their_names_and_come_page_by_page()
    {
        Table(await shop.GetAsync($"{Asked}&substringMatch=KIND"))
            .EnumerateObject()
            .Select(one => one.Name)
            .ShouldBe(["cart.kind"]);
        var all = Table(await shop.GetAsync(Asked)).EnumerateObject().Select(one => one.Name).ToList();

        using var page = await shop
            .Host.With()
            .GetAsync($"/api/0/organizations/default/{Asked}&limit=2&cursor=0:2:0", TestContext.Current.CancellationToken);
        using var body = JsonDocument.Parse(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Table(body.RootElement).EnumerateObject().Select(one => one.Name).ShouldBe(all[2..4]);
        page.Headers.GetValues("Link").Single().ShouldContain("rel=\"next\"; results=\"true\"; cursor=\"0:4:0\"");
    }

    [Theory]
    [InlineData("trace-items/stats/", "This field is required.")]
    [InlineData("trace-items/stats/?statsType=totals", "\"totals\" is not a valid choice.")]
    public async Task Other_statistics_are_refused(string path, string sentence) =>
        (await shop.GetAsync(path, HttpStatusCode.BadRequest)).GetProperty("statsType")[0].GetString().ShouldBe(sentence);
}
