using System.Net;
using System.Text.Json;

namespace Server.Tests.Explore;

/// <summary>Assistants ask whether a question makes sense before they ask it.</summary>
public class QuestionCheckTests(ExploreShop shop) : IClassFixture<ExploreShop>
{
    static IEnumerable<(string? Name, bool Valid, string? Type)> Names(JsonElement list) =>
        list.EnumerateArray()
            .Select(one =>
                (
                    one.GetProperty("name").GetString(),
                    one.GetProperty("valid").GetBoolean(),
                    one.GetProperty("attrType").GetString()
                )
            );

    [Fact]
    public async Task A_question_that_makes_sense_is_told_its_types()
    {
        var found = await shop.GetAsync(
            "events/validate/?dataset=spans&field=span.op&field=p95(span.duration)&field=is_transaction&sort=-p95_span_duration"
                + "&query=span.op:db%20p95(span.duration):>5"
        );

        found.GetProperty("valid").GetBoolean().ShouldBeTrue();
        Names(found.GetProperty("field"))
            .ShouldBe([("span.op", true, "string"), ("p95(span.duration)", true, "number"), ("is_transaction", true, "boolean")]);
        Names(found.GetProperty("orderby")).Single().Valid.ShouldBeTrue();
        found.GetProperty("query").GetProperty("valid").GetBoolean().ShouldBeTrue();
        Names(found.GetProperty("query").GetProperty("fields"))
            .ShouldBe([("span.op", true, "string"), ("p95(span.duration)", true, "number")]);
        found.GetProperty("projects").GetArrayLength().ShouldBe(0);
        found.GetProperty("dataset").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Every_part_without_sense_is_named_with_what_is_wrong()
    {
        var found = await shop.GetAsync(
            "events/validate/?dataset=spans&field=span.op&field=p42()&sort=-p43()&query=span.duration:slow",
            HttpStatusCode.BadRequest
        );

        found.GetProperty("valid").GetBoolean().ShouldBeFalse();
        Names(found.GetProperty("field")).ShouldBe([("span.op", true, "string"), ("p42()", false, null)]);
        found.GetProperty("field")[1].GetProperty("error").GetString().ShouldBe("p42() is not a valid function");
        found.GetProperty("orderby")[0].GetProperty("error").GetString().ShouldBe("p43() is not a valid function");
        found.GetProperty("query").GetProperty("error").GetString().ShouldNotBeNull().ShouldContain("span.duration");
    }

    [Fact]
    public async Task A_condition_on_groups_makes_no_sense_with_single_rows()
    {
        var found = await shop.GetAsync(
            "events/validate/?dataset=spans&field=id&field=span.op&query=count():>5",
            HttpStatusCode.BadRequest
        );

        Names(found.GetProperty("field")).Select(field => field.Valid).ShouldBe([true, true]);
        found.GetProperty("query").GetProperty("error").GetString().ShouldNotBeNull().ShouldContain("chooses among groups");
    }

    [Theory]
    [InlineData("dataset=nonsense", "dataset", "dataset must be one of")]
    [InlineData("dataset=spans&project=nobody", "projects", "At least one valid project")]
    public async Task Without_a_dataset_and_a_project_nothing_can_be_read(string asked, string part, string sentence)
    {
        var found = await shop.GetAsync($"events/validate/?{asked}&field=span.op", HttpStatusCode.BadRequest);

        found.GetProperty("valid").GetBoolean().ShouldBeFalse();
        found.GetProperty(part)[0].GetProperty("valid").GetBoolean().ShouldBeFalse();
        found.GetProperty(part)[0].GetProperty("error").GetString().ShouldNotBeNull().ShouldContain(sentence);
    }
}
