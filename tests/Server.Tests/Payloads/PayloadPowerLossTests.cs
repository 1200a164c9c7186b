using Faults;
using Tocsin.Server.Payloads;

namespace Server.Tests.Payloads;

/// <summary>
/// The power goes at any moment while a day that is over is packed, thinned or dropped, or a call of the disk fails. Whatever of it has reached the
/// disk, the next start finds every record that was to stay, under its location, byte for byte, and goes on with what was begun.
/// </summary>
public sealed class PayloadPowerLossTests
{
    static readonly bool Long = Environment.GetEnvironmentVariable("TOCSIN_LONG") == "1";
    static readonly int States = Long ? 4_000 : 400;
    const int OnceIn = 41;

    static readonly Dictionary<string, (bool Forgets, Action<PayloadStore> Do)> Chores = new()
    {
        ["pack"] = (false, Pack),
        ["thin"] = (true, Thin),
        ["pack and thin"] = (true, (Action<PayloadStore>)Pack + Thin),
        ["thin and pack"] = (true, (Action<PayloadStore>)Thin + Pack),
        ["drop the day before"] = (false, store => store.DropDay(SomeSegments.DayBefore, long.MaxValue)),
    };

    static readonly FileOperation[] WriteSites =
    [
        FileOperation.Create,
        FileOperation.Write,
        FileOperation.Sync,
        FileOperation.Rename,
        FileOperation.Delete,
        FileOperation.SyncDirectory,
    ];

    public static TheoryData<string> Names { get; } = [.. Chores.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_power_loss_while_a_closed_day_is_worked_on_costs_a_record_that_was_to_stay(string chore) =>
        FirstFault(chore, States, _ => { }).ShouldBeNull();

    [Fact]
    public void Control_a_packed_segment_that_is_not_synced_before_it_takes_the_place_is_found_out() =>
        FirstFault(
                "pack",
                States,
                files =>
                    files.Plant(FileOperation.Sync, FileFault.Lie, call => call.Path.EndsWith(".new", StringComparison.Ordinal))
            )
            .ShouldNotBeNull();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_disk_that_fails_during_the_work_costs_no_record_that_was_to_stay(string chore)
    {
        var failures = 0;
        // The first call of its kind fails, then the second one.
        for (var run = 0; run < 2 * WriteSites.Length; run++)
        {
            var (site, number) = (WriteSites[run / 2], 1 + (run % 2));
            var segments = new SomeSegments();
            var files = new FaultyFileLayer(segments.Disk);
            var fault = site == FileOperation.Write ? FileFault.ShortWrite(100) : FileFault.BrokenDevice;
            files.Plant(site, fault, call => call.Number == number);
            try
            {
                using var store = segments.Open(files);
                Chores[chore].Do(store);
            }
            catch (IOException)
            {
                failures++;
            }
            FaultIn(segments, segments.Disk, Chores[chore].Do, StayingOf(segments, chore))
                .ShouldBeNull($"{chore}, {site} {number}");
        }
        failures.ShouldBeGreaterThan(0);
    }

    /// <summary>In one of so many states that the power may leave; null: in none.</summary>
    static string? FirstFault(string chore, int states, Action<FaultyFileLayer> plant)
    {
        var does = Chores[chore].Do;
        var segments = new SomeSegments();
        var stay = StayingOf(segments, chore);
        var files = new FaultyFileLayer(segments.Disk);
        plant(files);
        using (var store = segments.Open(files))
        {
            does(store);
        }
        var losses = new PowerLoss(segments.Disk);
        for (var number = 0; number < states; number++)
        {
            var chance = new Random(number);
            var moment = losses.Moments[(int)((long)number * losses.Moments.Count / states)];
            var unsynced = (Unsynced)(number % Enum.GetValues<Unsynced>().Length);
            // Going on costs as much as the work itself.
            var goesOn = number % OnceIn == 0 ? does : _ => { };
            if (FaultIn(segments, losses.At(moment, unsynced, chance), goesOn, stay) is { } fault)
            {
                return $"{chore}, state {number} ({unsynced}, before event {moment}): {fault}";
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{states} states while a day is worked on: {chore}");
        return null;
    }

    static List<PlacedRecord> StayingOf(SomeSegments segments, string chore) =>
        [.. segments.OfDay.Where(placed => !Chores[chore].Forgets || !IsForgotten(placed.Record))];

    static string? FaultIn(SomeSegments segments, MemoryDisk left, Action<PayloadStore> goesOn, List<PlacedRecord> stay)
    {
        using (var store = segments.Open(left))
        {
            if (FirstMissing(store, stay) is { } missing)
            {
                return missing;
            }
            goesOn(store);
        }
        using var again = segments.Open(left);
        return FirstMissing(again, stay) is { } later ? $"gone on with: {later}" : null;
    }

    static string? FirstMissing(PayloadStore store, List<PlacedRecord> stay)
    {
        var scanned = store.Scan(SomeSegments.Day, (_, _) => { }).Select(placed => placed.Location).ToHashSet();
        foreach (var (location, record) in stay)
        {
            if (
                store.Read(location) is not PayloadReading.Found { Record: var found }
                || !found.Body.Span.SequenceEqual(record.Body.Span)
                || !found.Columns.Span.SequenceEqual(record.Columns.Span)
            )
            {
                return $"{location} is not what it was";
            }
            if (!scanned.Contains(location))
            {
                return $"{location} is passed over";
            }
        }
        return null;
    }

    static void Pack(PayloadStore store) => store.Pack(SomeSegments.Day, CancellationToken.None);

    static void Thin(PayloadStore store) => store.Thin(SomeSegments.Day, long.MaxValue, IsForgotten);

    static bool IsForgotten(PayloadRecord record) => record.Kind == PayloadKind.Item && record.Position % 3 == 0;
}
