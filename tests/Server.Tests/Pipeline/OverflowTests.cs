using Tocsin.Protocol;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Pipeline;

/// <summary>Which events found no room for an issue of their own is decided once, and the same after a crash, a restart and a rebuild.</summary>
public sealed class OverflowTests
{
    const int Limit = 4;

    /// <summary>One hour for all, whenever the test runs.</summary>
    static readonly long Received = PipelineHouse.Microseconds(DateTimeOffset.UtcNow);

    public static TheoryData<string> Steps { get; } = [.. PipelineHealth.Steps];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_kill_after_any_step_changes_nothing_about_who_finds_room(string step)
    {
        await using var house = await PipelineHouse.BuildAsync(PipelineHouse.Held with { BatchRecords = 5 });
        house.Issues = new() { NewPerHour = Limit };
        await house.StartAsync();
        // Each kind twice, far apart, and one of them sent again as it was.
        var envelopes = Enumerable.Range(0, 24).Select(i => SomeEnvelope.Error($"kind-{i % 12}", user: $"{i}")).ToArray();
        var held = house.Trap.HoldsAfterAsync(step, times: 2);
        await house.SendAsync(Received, envelopes[..20]);
        await held;
        await house.KillAsync();

        await house.StartAsync();
        await house.SendAsync(Received, [.. envelopes[20..], envelopes[7]]);
        await house.DrainAsync();
        await CheckAsync(house, envelopes);

        // Another bound by now, and all telemetry gone: the rows say what they said.
        await house.StopAsync();
        Directory.Delete(house.TelemetryDirectory, recursive: true);
        house.Issues = new() { NewPerHour = null };
        await house.StartAsync();
        await RebuildTests.WholeAsync(house);
        await CheckAsync(house, envelopes);
    }

    static async Task CheckAsync(PipelineHouse house, SomeEnvelope[] envelopes)
    {
        await house.AuditAsync([.. envelopes.Select(envelope => envelope.EventId!.Value)]);
        (await house.OutcomesAsync())["Invalid duplicate"].ShouldBe(1);
        var overflow = (await house.MetadataAsync<long>("SELECT id FROM issues WHERE is_overflow = 1")).ShouldHaveSingleItem();
        var found = await house.MetadataAsync<(long High, long Low)>(
            $"SELECT event_high, event_low FROM event_index WHERE issue_id = {overflow}"
        );
        found
            .Select(row => EventId.From(row.High, row.Low).ToString())
            .Order()
            .ShouldBe(envelopes.Where((_, i) => i % 12 >= Limit).Select(envelope => envelope.EventId!.Value.ToString()).Order());
        (await house.MetadataAsync<long>("SELECT begun FROM new_issues")).ShouldBe([Limit]);
        (await house.MetadataAsync<long>("SELECT user_count FROM issues ORDER BY short_id")).Order().ShouldBe([2, 2, 2, 2, 16]);
    }
}
