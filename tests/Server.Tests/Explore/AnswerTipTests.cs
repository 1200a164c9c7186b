using Tocsin.Server.Explore;

namespace Server.Tests.Explore;

/// <summary>Any attribute's name is legal, so a slip is no mistake; the answer says of it what it is.</summary>
public class AnswerTipTests(ExploreShop shop) : IClassFixture<ExploreShop>
{
    async Task<(string? Query, string? Columns)> TipsAsync(string asked)
    {
        var tips = (await shop.GetAsync($"events/?{asked}")).GetProperty("meta").GetProperty("tips");
        return (tips.GetProperty("query").GetString(), tips.GetProperty("columns").GetString());
    }

    [Theory]
    [InlineData(
        "dataset=spans&field=transaction&field=p95(span.durtion)",
        "span.durtion is no field, and no span of this time has an attribute of that name. Did you mean span.duration?"
    )]
    [InlineData(
        "dataset=spans&field=count_if(cart.knid,equals,full)",
        "cart.knid is no field, and no span of this time has an attribute of that name. Did you mean cart.kind?"
    )]
    [InlineData(
        "dataset=spans&field=measurements.lpc",
        "measurements.lpc is no field, and no span of this time has a measurement of that name. Did you mean measurements.lcp?"
    )]
    [InlineData(
        "dataset=errors&field=title&field=browsr",
        "browsr is no field, and no event of this time has a tag of that name. Did you mean browser?"
    )]
    [InlineData(
        "dataset=spans&field=equation|p95(span.duration)-p50(nobody.sends.it)",
        "nobody.sends.it is no field, and no span of this time has an attribute of that name."
    )]
    public async Task A_column_of_a_name_that_nobody_sends_is_explained(string asked, string sentence) =>
        (await TipsAsync(asked.Replace("|", "%7C", StringComparison.Ordinal))).ShouldBe((null, sentence));

    [Theory]
    [InlineData(
        "cart.knd:full",
        "cart.knd is no field, and no span of this time has an attribute of that name. Did you mean cart.kind?"
    )]
    [InlineData(
        "has:cart.knd",
        "cart.knd is no field, and no span of this time has an attribute of that name. Did you mean cart.kind?"
    )]
    [InlineData(
        "op:db.sql.query",
        "op is no field, and no span of this time has an attribute of that name. Did you mean span.op?"
    )]
    public async Task A_search_for_a_name_that_nobody_sends_is_explained(string query, string sentence)
    {
        (await TipsAsync($"dataset=spans&field=id&query={Uri.EscapeDataString(query)}")).ShouldBe((sentence, null));
        (await TipsAsync($"dataset=spans&field=count()&query={Uri.EscapeDataString(query)}")).ShouldBe((sentence, null));
    }

    [Theory]
    [InlineData("dataset=spans&field=transaction&field=p95(span.duration)")]
    [InlineData("dataset=spans&field=cart.kind&field=tags[cart.size,number]&field=tags[release]")]
    // Somebody sends it, only none of the rows that are chosen.
    [InlineData("dataset=spans&field=measurements.frames.slow&query=is_transaction:false")]
    [InlineData("dataset=spans&field=id&query=cart.kind:none")]
    [InlineData("dataset=spans&field=id&query=cart.kind:full&cursor=0:1000:0")]
    [InlineData("dataset=errors&field=title&query=issue:DEFAULT-9")]
    public async Task Nothing_is_said_of_names_that_there_are(string asked) => (await TipsAsync(asked)).ShouldBe((null, null));

    [Theory]
    [InlineData("span.durtion", "span.duration")]
    [InlineData("span.dutarion", "span.duration")]
    [InlineData("Span.Duration", "span.duration")]
    [InlineData("duration", "span.duration")]
    [InlineData("relase", "release")]
    [InlineData("os", null)]
    [InlineData("shop.total", null)]
    public void The_nearest_name_is_near(string written, string? expected) =>
        NearName.Find(written, ["release", "id", "span.duration", "span.self_time", "shop.floor"]).ShouldBe(expected);
}
