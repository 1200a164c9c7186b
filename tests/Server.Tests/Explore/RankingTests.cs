using System.Net;
using System.Text.Json;

namespace Server.Tests.Explore;

/// <summary>Of the 300 transactions every tenth failed; these are all of the full carts, and their users and endpoints those of all.</summary>
public class RankingTests(ExploreShop shop) : IClassFixture<ExploreShop>
{
    const string Ranked = "trace-items/attributes/ranked/";
    const string Failed = "query_1=is_transaction:true%20span.status:internal_error&query_2=is_transaction:true";

    static IEnumerable<(string?, double)> Values(JsonElement attribute, string cohort) =>
        attribute
            .GetProperty(cohort)
            .EnumerateArray()
            .Select(value => (value.GetProperty("label").GetString(), value.GetProperty("value").GetDouble()));

    [Fact]
    public async Task What_tells_some_spans_from_others_comes_before_what_they_have_in_common()
    {
        var answer = await shop.GetAsync($"{Ranked}?{Failed}&function=count(span.duration)&above=1");

        var ranked = answer.GetProperty("rankedAttributes").EnumerateArray().ToList();
        var names = ranked.Select(one => one.GetProperty("attributeName").GetString()).ToList();
        names.IndexOf("span.status").ShouldBeInRange(0, 3);
        names.IndexOf("span.status").ShouldBeLessThan(names.IndexOf("cart.kind"));
        names.IndexOf("cart.kind").ShouldBeLessThan(names.IndexOf("transaction"));
        names.IndexOf("cart.kind").ShouldBeLessThan(names.IndexOf("user"));
        ranked.Select(one => one.GetProperty("order").GetProperty("rrf").GetInt32()).ShouldBe(Enumerable.Range(0, ranked.Count));
        var kind = ranked[names.IndexOf("cart.kind")];
        Values(kind, "cohort1").ShouldBe([("full", 30)]);
        Values(kind, "cohort2").ShouldBe([("full", 150), ("half", 150)]);
        answer.GetProperty("cohort1Total").GetDouble().ShouldBe(30);
        answer.GetProperty("cohort2Total").GetDouble().ShouldBe(300);
        // The values of the errors alone grew tenfold; all spans are of one operation.
        ranked[names.IndexOf("span.status")]
            .GetProperty("order")
            .GetProperty("rrr")
            .GetInt32()
            .ShouldBeLessThan(kind.GetProperty("order").GetProperty("rrr").GetInt32());
        ranked[names.IndexOf("span.op")].GetProperty("order").GetProperty("rrr").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Nothing_is_ranked_where_there_is_nothing()
    {
        var answer = await shop.GetAsync($"{Ranked}?query_1=transaction:nowhere&query_2=transaction:nowhere");

        answer.GetProperty("rankedAttributes").GetArrayLength().ShouldBe(0);
        answer.GetProperty("cohort1Total").GetDouble().ShouldBe(0);
    }

    [Theory]
    [InlineData("function=p95(span.duration)", "function")]
    [InlineData("query_1=span.duration:long", "detail")]
    public async Task What_cannot_be_compared_is_refused(string parameters, string named) =>
        (await shop.GetAsync($"{Ranked}?{parameters}", HttpStatusCode.BadRequest)).TryGetProperty(named, out _).ShouldBeTrue();
}
