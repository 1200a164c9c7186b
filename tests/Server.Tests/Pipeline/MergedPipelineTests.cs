using Tocsin.Server.Issues;
using Tocsin.Server.Issues.Merging;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry.Query;

namespace Server.Tests.Pipeline;

/// <summary>What was merged stays merged, and can be taken apart, after a crash, a restart and a rebuild.</summary>
public sealed class MergedPipelineTests
{
    public static TheoryData<string> Steps { get; } = [.. PipelineHealth.Steps];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_kill_after_any_step_and_a_lost_telemetry_change_no_count_of_a_merged_issue(string step)
    {
        await using var house = await PipelineHouse.BuildAsync(PipelineHouse.Held with { BatchRecords = 5 });
        await house.StartAsync();
        // Five of each kind; users 0 to 3 of one, 2 to 5 of the other.
        var envelopes = Enumerable
            .Range(0, 20)
            .Select(i => SomeEnvelope.Error($"kind-{i % 2}", user: $"{(i / 2 % 4) + (i % 2 * 2)}"))
            .ToArray();
        await house.SendAsync(envelopes[..8]);
        await house.DrainAsync();
        var merging = new IssueMerging(house.Projects.Metadata.Db, TimeProvider.System);
        var rows = await RowsAsync(house);
        var merged = await merging.MergeAsync(rows, null, CancellationToken.None);

        var held = house.Trap.HoldsAfterAsync(step, times: 2);
        await house.SendAsync(envelopes[8..18]);
        await held;
        await house.KillAsync();
        await house.StartAsync();
        await house.SendAsync(envelopes[18..]);
        await house.DrainAsync();
        await CheckAsync(house, merged, 6, (20, 10));

        await house.StopAsync();
        Directory.Delete(house.TelemetryDirectory, recursive: true);
        await house.StartAsync();
        await RebuildTests.WholeAsync(house);
        await CheckAsync(house, merged, 6, (20, 10));

        var hash = await house.MetadataAsync<string>($"SELECT hash FROM issue_hashes WHERE issue_id = {merged.Others[0]}");
        (await merging.UnmergeAsync((await RowsAsync(house))[0], hash, null, CancellationToken.None)).Refusal.ShouldBeNull();
        var apart = await RowsAsync(house);
        apart.Select(row => (row.TimesSeen, row.UserCount)).ShouldBe([(10, 4), (10, 4)]);
    }

    static async Task CheckAsync(PipelineHouse house, MergeResult merged, int users, (long All, long OfOne) events)
    {
        var issue = (await RowsAsync(house)).ShouldHaveSingleItem();
        (issue.Id, issue.TimesSeen, issue.UserCount).ShouldBe((merged.Parent, events.All, users));
        var stored = await house.QueryAsync(
            Dataset.Events,
            new("issue", new Expression.Field("issue.id")),
            new("n", Expression.Count)
        );
        stored
            .Select(row => (Convert.ToInt64(row[0]), Convert.ToInt64(row[1])))
            .ShouldBe([(merged.Parent, events.OfOne), (merged.Others[0], events.OfOne)], ignoreOrder: true);
    }

    static async Task<IReadOnlyList<IssueRow>> RowsAsync(PipelineHouse house)
    {
        await using var connection = await house.Projects.Metadata.Db.OpenAsync(CancellationToken.None);
        var rows = await Dapper.SqlMapper.QueryAsync<IssueRow>(
            connection,
            $"{IssueRow.Select} WHERE i.status <> '{IssueStatus.Merged}' ORDER BY i.id",
            new { UserId = (long?)null }
        );
        return [.. rows];
    }
}
