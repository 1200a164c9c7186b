using System.Net;
using System.Text.Json;

namespace Server.Tests.Explore;

public class VitalLevelTests(ExploreShop shop) : IClassFixture<ExploreShop>
{
    [Fact]
    public async Task Page_loads_are_counted_by_how_good_their_vitals_are()
    {
        var answer = await shop.GetAsync(
            "events-vitals/?vital=measurements.lcp&vital=measurements.fid&query=event.type:transaction"
        );

        var values = shop.Transactions.Where(span => span.Lcp is not null).Select(span => span.Lcp!.Value).Order().ToList();
        var paint = answer.GetProperty("measurements.lcp");
        paint.GetProperty("good").GetInt64().ShouldBe(values.Count(value => value <= 2500));
        paint.GetProperty("meh").GetInt64().ShouldBe(values.Count(value => value is > 2500 and <= 4000));
        paint.GetProperty("poor").GetInt64().ShouldBe(0);
        paint.GetProperty("total").GetInt64().ShouldBe(60);
        paint.GetProperty("p75").GetDouble().ShouldBe(values[44] + (values[45] - values[44]) * 0.25, 1e-6);
        var delay = answer.GetProperty("measurements.fid");
        delay.GetProperty("total").GetInt64().ShouldBe(0);
        delay.GetProperty("p75").ValueKind.ShouldBe(JsonValueKind.Null);
        (await shop.GetAsync("events-vitals/?vital=measurements.lcp&query=environment:staging"))
            .GetProperty("measurements.lcp")
            .GetProperty("total")
            .GetInt64()
            .ShouldBe(30);
    }

    [Theory]
    [InlineData("", "Need to pass at least one vital")]
    [InlineData("vital=measurements.frames.slow", "measurements.frames.slow is not a valid vital")]
    [InlineData("vital=lcp", "lcp is not a valid vital")]
    public async Task Only_vitals_are_counted(string asked, string sentence) =>
        (await shop.GetAsync($"events-vitals/?{asked}", HttpStatusCode.BadRequest))
            .GetProperty("detail")
            .GetString()
            .ShouldBe(sentence);
}
