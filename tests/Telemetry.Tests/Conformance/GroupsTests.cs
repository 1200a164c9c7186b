using Tocsin.Telemetry.Query;
using static Tocsin.Telemetry.Query.Expression;

namespace Telemetry.Tests.Conformance;

/// <summary>Groups of which an answer has some, and what there is where there are none.</summary>
public abstract class GroupsTests : StoreTests
{
    [Fact]
    public async Task A_part_of_the_groups_comes_with_how_many_there_are()
    {
        await ApplyAsync(
            Some.Batch(
                1,
                [
                    .. Enumerable
                        .Range(0, 12)
                        .Select(number => Some.Event((UInt128)number) with { IssueId = 1 + Math.Min(number, 4) }),
                ]
            )
        );
        var query = Some.Query() with
        {
            Select = [new("issue", new Field("issue.id")), new("events", Count)],
            GroupBy = [new Field("issue.id")],
            OrderBy = [new(Count, true), new(new Field("issue.id"), true)],
            Limit = 2,
            Offset = 1,
            CountsGroups = true,
        };

        var result = await AskAsync(query);

        result.Columns.ShouldBe(["issue", "events"]);
        result.Rows.Count.ShouldBe(2);
        result.Rows[0].ShouldBe([4L, 1L]);
        result.Rows[1].ShouldBe([3L, 1L]);
        result.Groups.ShouldBe(5);
        (await AskAsync(query with { Offset = 5 })).Groups.ShouldBeNull();
        (await AskAsync(query with { Range = new(1, 2) })).Groups.ShouldBe(0);
        (await AskAsync(query with { CountsGroups = false })).Groups.ShouldBeNull();
    }

    [Fact]
    public async Task Nothing_has_no_rows_and_no_groups_but_a_count()
    {
        await ApplyAsync(Some.Batch(1, Some.Event(1)));
        var elsewhere = new TimeRange(1, 2);

        (await AskAsync(Some.Query("id") with { Range = elsewhere })).Rows.ShouldBeEmpty();
        var groups = Some.Count() with { Range = elsewhere, GroupBy = [new Field("issue.id")] };
        (await AskAsync(groups)).Rows.ShouldBeEmpty();
        (await AskAsync(Some.Count() with { Range = elsewhere })).Rows.Single().ShouldBe([0L]);
    }
}
