using Tocsin.Telemetry.Query;
using static Tocsin.Telemetry.Query.Expression;

namespace Telemetry.Tests.Conformance;

/// <summary>Issues 2 and 3 were merged into 1; issue 4 stands alone. User a saw 1 and 2, b saw 3 and 4.</summary>
public abstract class MergedRowsTests : StoreTests
{
    static readonly Expression Issue = new Field("issue.id");
    static readonly Expression Users = Distinct(new Field("user"));

    static readonly TelemetryQuery Asked = Some.Query("id") with
    {
        Merged = new Dictionary<long, long> { [2] = 1, [3] = 1 },
        OrderBy = [new(new Field("id"), false)],
    };

    async Task GivenAsync() =>
        await ApplyAsync(
            Some.Batch(
                1,
                [
                    .. new[] { (1, "a"), (2, "a"), (3, "b"), (4, "b") }.Select(
                        (one, at) =>
                            Some.Event((UInt128)(at + 1)) with
                            {
                                IssueId = one.Item1,
                                User = one.Item2,
                                Tags = """{"browser":"Firefox"}""",
                            }
                    ),
                ]
            )
        );

    [Fact]
    public async Task Their_rows_make_one_group_and_a_user_of_several_counts_once()
    {
        await GivenAsync();

        var groups = await AskAsync(
            Asked with
            {
                Select = [new("issue", Issue), new("events", Count), new("users", Users)],
                GroupBy = [Issue],
                OrderBy = [new(Issue, false)],
            }
        );

        groups.Rows.Select(row => (row[0], row[1], row[2])).ShouldBe([(1L, 3L, 2L), (4L, 1L, 1L)]);
    }

    [Theory]
    [InlineData(1L, new[] { 1, 2, 3 })]
    [InlineData(3L, new[] { 1, 2, 3 })]
    [InlineData(4L, new[] { 4 })]
    public async Task Whichever_of_them_a_condition_names_it_means_all(long named, int[] expected)
    {
        await GivenAsync();
        var same = new Filter.Compare(Issue, Comparison.Equal, named);
        var different = new Filter.Compare(Issue, Comparison.NotEqual, named);

        (await IdsAsync(same)).ShouldBe(expected);
        (await IdsAsync(new Filter.In(Issue, [named]))).ShouldBe(expected);
        (await IdsAsync(different)).ShouldBe(Enumerable.Range(1, 4).Except(expected));
        (await IdsAsync(new Filter.Not(same))).ShouldBe(Enumerable.Range(1, 4).Except(expected));
        var counted = await AskAsync(Asked with { Select = [new("n", CountIf(same))], OrderBy = [] });
        counted.Rows[0][0].ShouldBe((long)expected.Length);
    }

    [Fact]
    public async Task Single_rows_and_rows_by_tag_tell_what_they_are_shown_as()
    {
        await GivenAsync();

        var rows = await AskAsync(Asked with { Select = [new("id", new Field("id")), new("issue", Issue)] });
        rows.Rows.Select(row => row[1]).ShouldBe([1L, 1L, 1L, 4L]);
        var tags = await AskAsync(
            Asked with
            {
                Dataset = Dataset.EventTags,
                Select = [new("issue", Issue), new("n", Count)],
                Where = new Filter.Compare(new Field("tag.key"), Comparison.Equal, "browser"),
                GroupBy = [Issue],
                OrderBy = [new(Issue, false)],
            }
        );
        tags.Rows.Select(row => (row[0], row[1])).ShouldBe([(1L, 3L), (4L, 1L)]);
    }

    async Task<IEnumerable<int>> IdsAsync(Filter where) =>
        (await AskAsync(Asked with { Where = where })).Rows.Select(row => (int)(UInt128)row[0]!);
}
