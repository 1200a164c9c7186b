using Tocsin.Server.Pipeline;

namespace Server.Tests.Pipeline;

public sealed class QuarantineReplayTests
{
    [Fact]
    public async Task A_poisoned_item_that_is_played_again_after_the_mending_is_stored_and_the_ledger_still_balances()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var (inPrepare, inTakeIn) = (
            SomeEnvelope.Error(message: house.Poison.InPrepare),
            SomeEnvelope.Error(message: house.Poison.InTakeIn)
        );
        await house.SendAsync(inPrepare, inTakeIn);
        await house.DrainAsync();
        (await house.OutcomesAsync())["Quarantined poison"].ShouldBe(2);

        (house.Poison.InPrepare, house.Poison.InTakeIn) = ("mended", "mended");
        foreach (var entry in await EntriesAsync(house))
        {
            (
                await house.Get<QuarantineReplay>().ReplayAsync(entry, CancellationToken.None)
            ).ShouldBeOfType<ReplayAnswer.Accepted>();
        }
        await house.DrainAsync();

        await house.AuditAsync([inPrepare.EventId!.Value, inTakeIn.EventId!.Value]);
        (await house.OutcomesAsync())["Quarantined poison"].ShouldBe(0);
        foreach (var entry in await EntriesAsync(house))
        {
            entry.Replayed.ShouldNotBeNull();
            (
                await house.Get<QuarantineReplay>().ReplayAsync(entry, CancellationToken.None)
            ).ShouldBeOfType<ReplayAnswer.Impossible>();
        }
    }

    [Fact]
    public async Task A_replay_that_fails_again_is_in_quarantine_again_and_counts_once()
    {
        await using var house = await PipelineHouse.StartedAsync();
        await house.SendAsync(SomeEnvelope.Error(message: house.Poison.InPrepare));
        await house.DrainAsync();
        var entry = (await EntriesAsync(house))[0];
        await house.Get<QuarantineReplay>().ReplayAsync(entry, CancellationToken.None);
        await house.DrainAsync();

        (await EntriesAsync(house)).Select(found => found.Replayed is null).ShouldBe([false, true]);
        (await house.OutcomesAsync())["Quarantined poison"].ShouldBe(1);
    }

    static Task<IReadOnlyList<QuarantineEntry>> EntriesAsync(PipelineHouse house) =>
        house.MetadataAsync<QuarantineEntry>($"{Quarantine.Select} ORDER BY id");
}
