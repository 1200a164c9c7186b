using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Query.Search;

namespace Telemetry.Tests.Query.Search;

public class SearchFilterTests
{
    static readonly DateTimeOffset Now = new(2024, 2, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("level:error", "level Equal <error>")]
    [InlineData("!level:error", "not(level Equal <error>)")]
    [InlineData("level:err*", "level like <err*>")]
    [InlineData(@"message:100\*", @"or(message like <*100\**> title like <*100\**>)")]
    [InlineData("browser:Chrome", "tag browser Equal <Chrome>")]
    [InlineData("tags[level]:error", "tag level Equal <error>")]
    [InlineData("random:<hello", "tag random Equal <<hello>")]
    [InlineData("release:[1.0, 2.0]", "release in <1.0>|<2.0>")]
    [InlineData("release:[1.*, 2.0]", "or(release like <1.*> release Equal <2.0>)")]
    [InlineData("environment:\"\"", "not(and(has environment environment NotEqual <>))")]
    [InlineData("has:user", "has user")]
    [InlineData("!has:browser", "not(has tag browser)")]
    [InlineData("error.handled:true", "error.handled Equal True")]
    [InlineData("error.unhandled:1", "not(error.handled Equal True)")]
    [InlineData("issue.id:[1, 2]", "or(issue.id Equal 1 issue.id Equal 2)")]
    [InlineData("payload.length:>2k", "payload.length Greater 2000")]
    [InlineData("tags[retries,number]:>=1.5", "tag retries GreaterOrEqual 1.5")]
    [InlineData("tags[beta,boolean]:1", "tag beta Equal <true>")]
    [InlineData("message:\uf00dContains\uf00da*b", "or(message like <*a*b*> title like <*a*b*>)")]
    [InlineData("id:00000000000000000000000000000010", "id Equal 16")]
    [InlineData("event.type:error", "type Equal <error>")]
    [InlineData(
        "timed out",
        "or(message like <*timed out*> title like <*timed out*> error.value like <*timed out*> culprit like <*timed out*>"
            + " transaction like <*timed out*>)"
    )]
    public void What_a_search_means_for_events(string text, string expected) => Meant(text).ShouldBe(expected);

    [Theory]
    [InlineData("timestamp:-24h", "timestamp GreaterOrEqual 1706659200000000")]
    [InlineData("timestamp:+24h", "timestamp LessOrEqual 1706659200000000")]
    [InlineData("timestamp:>2024-01-31", "timestamp Greater 1706659200000000")]
    [InlineData("timestamp:2024-01-31", "and(timestamp GreaterOrEqual 1706659200000000 timestamp Less 1706745600000000)")]
    [InlineData("timestamp:!=2024-01-31", "not(and(timestamp GreaterOrEqual 1706659200000000 timestamp Less 1706745600000000))")]
    public void Times_are_relative_or_absolute(string text, string expected) => Meant(text).ShouldBe(expected);

    [Theory]
    [InlineData("error.handled:maybe", "error.handled: \"maybe\" is none of true, false, 1 and 0.")]
    [InlineData("issue.id:abc", "issue.id: \"abc\" is not a number.")]
    [InlineData("timestamp:soon", "timestamp: \"soon\" is not a time; write 2024-01-31, 2024-01-31T12:00:00 or -24h.")]
    [InlineData("timestamp:-999999w", "timestamp: this lies before 1970.")]
    [InlineData("id:xyz", "id: \"xyz\" is not an id.")]
    [InlineData("count():>5", "count() is an aggregate; it cannot be compared here.")]
    public void A_value_of_the_wrong_type_is_refused(string text, string message)
    {
        SearchParser.TryParse("level:error " + text, out var term, out _).ShouldBeTrue();
        SearchFilter.TryToFilter(term!, FieldTable.Events, Now, out _, out var error).ShouldBeFalse();
        error.ShouldBe(new SearchError("level:error ".Length, message));
    }

    [Fact]
    public void The_caller_knows_keys_of_its_own()
    {
        SearchParser.TryParse("!project:backend level:error", out var term, out _).ShouldBeTrue();

        SearchFilter
            .TryToFilter(
                term!,
                FieldTable.Events,
                Now,
                out var filter,
                out _,
                match =>
                    match.Key is SearchKey.Named { Text: "project" }
                        ? new Filter.Compare(new Expression.Field("project.id"), Comparison.Equal, 7L)
                        : null
            )
            .ShouldBeTrue();

        Spelled.Out(filter!).ShouldBe("and(not(project.id Equal 7) level Equal <error>)");
    }

    static string Meant(string text)
    {
        SearchParser.TryParse(text, out var term, out var error).ShouldBeTrue(error?.Message);
        SearchFilter.TryToFilter(term!, FieldTable.Events, Now, out var filter, out error).ShouldBeTrue(error?.Message);
        return Spelled.Out(filter!);
    }
}
