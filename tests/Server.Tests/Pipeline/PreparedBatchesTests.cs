using System.Text;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Pipeline;

/// <summary>Behind a backlog the next batch is prepared while one is committed. Whatever becomes of that commit, what was only prepared leaves no trace.</summary>
public sealed class PreparedBatchesTests
{
    const string OneProcessor = "one processor: the thread that is held is the only one that digests";

    readonly SomeEnvelope[] good = [.. Enumerable.Range(0, 10).Select(_ => SomeEnvelope.Error())];

    /// <summary>Those of the commit.</summary>
    public static TheoryData<string> Steps { get; } = [.. PipelineHealth.Steps.SkipWhile(step => step != "sort")];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task What_was_prepared_beside_a_commit_is_thrown_away_when_that_fails(string step)
    {
        await using var house = await PipelineHouse.StartedAsync(PipelineHouse.Quick with { BatchRecords = 5 });
        await HoldBesideAsync(house, step);

        house.Trap.LetGo();
        await house.DrainAsync();

        house.Poison.Prepared.ShouldBe(6);
        await CheckAsync(house);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task What_was_prepared_beside_a_commit_is_gone_with_a_kill_and_comes_again(string step)
    {
        await using var house = await PipelineHouse.StartedAsync(PipelineHouse.Quick with { BatchRecords = 5 });
        await HoldBesideAsync(house, step);

        await house.KillAsync();
        await house.StartAsync();
        await house.DrainAsync();

        house.Poison.Prepared.ShouldBe(6);
        await CheckAsync(house);
    }

    [Fact]
    public async Task A_commit_that_fails_is_tried_again_though_nothing_comes_that_could_be_prepared_beside_it()
    {
        // Each record is more than half of what is read at once, so that there seems to be more behind the last one.
        await using var house = await PipelineHouse.StartedAsync(PipelineHouse.Quick with { BatchBytes = 100 });
        house.Trap.FailsAfter("keep", times: good.Length);

        foreach (var envelope in good)
        {
            await house.SendAsync(envelope);
        }
        await house.DrainAsync();

        await house.AuditAsync([.. good.Select(envelope => envelope.EventId!.Value)]);
    }

    [Fact]
    public async Task What_is_quarantined_in_a_commit_is_what_was_sent_though_more_was_read_meanwhile()
    {
        await using var house = await PipelineHouse.StartedAsync(PipelineHouse.Quick with { BatchBytes = 100 });
        string[] poisoned = [.. Enumerable.Range(0, 10).Select(number => $"{house.Poison.InTakeIn} {number}")];

        await house.SendAsync([
            .. poisoned.SelectMany((message, at) => new[] { SomeEnvelope.Error(message: message), good[at] }),
        ]);
        await house.DrainAsync();

        await house.AuditAsync([.. good.Select(envelope => envelope.EventId!.Value)]);
        var entries = await house.MetadataAsync<QuarantineEntry>($"{Quarantine.Select} ORDER BY position");
        entries
            .Select(entry => house.Payloads.Read(entry.Location).ShouldBeOfType<PayloadReading.Found>().Record.Body)
            .Select((body, at) => Encoding.UTF8.GetString(body.Span).Contains($"{poisoned[at]}\"", StringComparison.Ordinal))
            .ShouldBe(Enumerable.Repeat(true, poisoned.Length));
    }

    /// <summary>A batch of five is held behind the step; the one behind it, with an item that fails three times, is prepared.</summary>
    async Task HoldBesideAsync(PipelineHouse house, string step)
    {
        Assert.SkipWhen(Environment.ProcessorCount == 1, OneProcessor);
        Task held;
        using (house.Poison.Hold())
        {
            await house.SendAsync(good[0]);
            await CrashTests.EventuallyAsync(() => house.Health.Step == "prepare");
            held = house.Trap.HoldsAfterAsync(step, times: 2);
            await house.SendAsync([.. good[1..6], SomeEnvelope.Error(message: house.Poison.InPrepare), .. good[6..]]);
        }
        await held;
        await CrashTests.EventuallyAsync(() => house.Poison.Prepared == 3);
        house.Health.Step.ShouldBe(step);
    }

    async Task CheckAsync(PipelineHouse house)
    {
        await house.AuditAsync([.. good.Select(envelope => envelope.EventId!.Value)]);
        (await house.OutcomesAsync())["Quarantined poison"].ShouldBe(1);
        var positions = await house.MetadataAsync<long>("SELECT position FROM event_index ORDER BY day, segment, \"offset\"");
        positions.ShouldBe([.. positions.Order()], "batches are committed in the order of the journal");
    }
}
