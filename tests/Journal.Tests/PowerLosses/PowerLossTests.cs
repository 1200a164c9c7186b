using Faults;

namespace Journal.Tests.PowerLosses;

public sealed class PowerLossTests
{
    static readonly bool Long = Environment.GetEnvironmentVariable("TOCSIN_LONG") == "1";
    static readonly int States = Long ? 12_000 : 1_200;
    static readonly int Records = Long ? 1_000 : 200;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_power_loss_loses_what_was_acknowledged_or_shows_what_was_torn()
    {
        var disk = new MemoryDisk();
        var files = new FaultyFileLayer(disk);
        // A sync takes a while, so that a record acknowledged before its sync is noticed as such.
        files.Plant(FileOperation.Sync, FileFault.Slow(TimeSpan.FromMilliseconds(0.2)));

        await new Workload(disk, files, Records).RunAsync();

        (await FindFaultAsync(disk, States)).ShouldBeNull();
    }

    [Fact]
    public async Task No_power_loss_does_so_on_a_disk_that_fails_now_and_then_either()
    {
        var disk = new MemoryDisk();
        var files = new FaultyFileLayer(disk);
        files.Plant(FileOperation.Sync, FileFault.BrokenDevice, call => call.Number % 7 == 0, call => disk.Forget(call.Path));
        files.Plant(FileOperation.Write, FileFault.ShortWrite(100), call => call.Number % 11 == 0);
        files.Plant(FileOperation.SyncDirectory, FileFault.BrokenDevice, call => call.Number % 5 == 0);
        files.Plant(FileOperation.Create, FileFault.DiskFull, call => call.Number % 4 == 0);
        files.Plant(FileOperation.Truncate, FileFault.BrokenDevice, call => call.Number % 2 == 0);
        files.Plant(FileOperation.Delete, FileFault.BrokenDevice, call => call.Number % 3 == 0);

        await new Workload(disk, files, Records).RunAsync();

        (await FindFaultAsync(disk, States)).ShouldBeNull();
    }

    [Fact]
    public async Task Control_a_disk_that_lies_about_its_syncs_is_found_out()
    {
        var disk = new MemoryDisk();
        var files = new FaultyFileLayer(disk);
        files.Plant(FileOperation.Sync, FileFault.Lie, call => call.Number % 5 == 0);

        await new Workload(disk, files, records: 60).RunAsync();

        (await FindFaultAsync(disk, States)).ShouldNotBeNull().ShouldContain("known records are lost");
    }

    [Fact]
    public async Task Control_a_disk_that_lies_about_the_syncs_of_its_directories_is_found_out()
    {
        var disk = new MemoryDisk();
        var files = new FaultyFileLayer(disk);
        files.Plant(FileOperation.SyncDirectory, FileFault.Lie);

        await new Workload(disk, files, records: 60).RunAsync();

        (await FindFaultAsync(disk, States)).ShouldNotBeNull().ShouldContain("known records are lost");
    }

    [Fact]
    public async Task Control_a_sync_that_is_retried_as_if_it_had_worked_is_found_out()
    {
        var disk = new MemoryDisk();
        var files = new FaultyFileLayer(disk);
        files.Plant(FileOperation.Sync, FileFault.Lie, call => call.Number % 5 == 0, call => disk.Forget(call.Path));

        await new Workload(disk, files, records: 60).RunAsync();

        (await FindFaultAsync(disk, States)).ShouldNotBeNull().ShouldContain("known records are lost");
    }

    /// <summary>Looks at this many power losses, spread over all moments; every fifth is followed by another one.</summary>
    static async Task<string?> FindFaultAsync(MemoryDisk disk, int states)
    {
        var losses = new PowerLoss(disk);
        var moments = losses.Moments;
        for (var seed = 0; seed < states; seed++)
        {
            Stop.ThrowIfCancellationRequested();
            var moment = moments[(int)((long)seed * moments.Count / states)];
            var unsynced = (Unsynced)(seed % Enum.GetValues<Unsynced>().Length);
            var chance = new Random(seed);
            object[] facts = [.. losses.MarkedBefore(moment)];
            var left = losses.At(moment, unsynced, chance);
            var fault = await Audit.FindFaultAsync(left, facts);
            if (fault is null && chance.Next(5) == 0)
            {
                fault = await FindFaultAfterAnotherAsync(left, facts, chance);
            }
            if (fault is not null)
            {
                return $"state {seed} ({unsynced}, before event {moment}): {fault}";
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{states} states of the journal");
        return null;
    }

    static async Task<string?> FindFaultAfterAnotherAsync(MemoryDisk disk, object[] facts, Random chance)
    {
        var losses = new PowerLoss(disk);
        var moment = losses.Moments[chance.Next(losses.Moments.Count)];
        var fault = await Audit.FindFaultAsync(
            losses.At(moment, Unsynced.Any, chance),
            [.. facts, .. losses.MarkedBefore(moment)]
        );
        return fault is null ? null : $"after a second loss: {fault}";
    }
}
