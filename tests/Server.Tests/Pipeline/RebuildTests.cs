using Faults;
using Tocsin.Protocol;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry.Query;

namespace Server.Tests.Pipeline;

/// <summary>DuckDB's files are disposable: the same answers come from the payload segments.</summary>
public sealed class RebuildTests
{
    static readonly long Yesterday = PipelineHouse.Microseconds(DateTimeOffset.UtcNow.AddDays(-1));

    [Fact]
    public async Task A_damaged_day_is_rebuilt_with_the_same_rows_while_events_go_on()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var envelopes = await SendTwoDaysAsync(house);
        var before = await EverythingAsync(house);
        await house.StopAsync();
        await File.WriteAllBytesAsync(FileOf(house, yesterday: true), [.. Enumerable.Repeat((byte)7, 50_000)]);

        await house.StartAsync();
        var late = SomeEnvelope.Error();
        await house.SendAsync(late);
        await house.DrainAsync();
        await WholeAsync(house);

        var after = await EverythingAsync(house);
        before.ShouldBeSubsetOf(after);
        await house.AuditAsync([.. envelopes, late.EventId!.Value]);
    }

    [Fact]
    public async Task A_day_that_cannot_be_rebuilt_does_not_keep_the_next_from_being_rebuilt()
    {
        const int ScannedAtOnce = 1 << 20;
        await using var house = await PipelineHouse.StartedAsync();
        var envelopes = await SendTwoDaysAsync(house);
        var before = await EverythingAsync(house);
        var yesterday = house.Payloads.Days[0];
        await house.StopAsync();
        foreach (var file in new[] { FileOf(house, yesterday: true), FileOf(house, yesterday: false) })
        {
            await File.WriteAllBytesAsync(file, [.. Enumerable.Repeat((byte)7, 50_000)]);
        }
        house.Files.Plant(
            FileOperation.Read,
            FileFault.BrokenDevice,
            call => call.Path.Contains($"{yesterday}-", StringComparison.Ordinal) && call.Length >= ScannedAtOnce
        );

        await house.StartAsync();
        await house.DrainAsync();

        await CrashTests.EventuallyAsync(() => house.Telemetry.Days is [{ Damage: not null }, { Damage: null }]);
        house.Files.Heal();
        await WholeAsync(house);
        (await EverythingAsync(house)).SequenceEqual(before).ShouldBeTrue();
        await house.AuditAsync(envelopes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_start_takes_in_events_though_the_bodies_of_an_older_day_cannot_be_read(bool isGone)
    {
        await using var house = await PipelineHouse.StartedAsync();
        var envelopes = await SendTwoDaysAsync(house);
        var yesterday = house.Payloads.Days[0];
        await house.StopAsync();
        if (isGone)
        {
            File.Delete(FileOf(house, yesterday: true));
        }
        house.Files.Plant(
            FileOperation.Read,
            FileFault.BrokenDevice,
            call => call.Path.Contains($"{yesterday}-", StringComparison.Ordinal)
        );

        await house.StartAsync();
        var late = SomeEnvelope.Error();
        await house.SendAsync(late);
        await house.DrainAsync();

        house.Files.Heal();
        await WholeAsync(house);
        await house.AuditAsync([.. envelopes, late.EventId!.Value]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_day_whose_file_is_gone_comes_back(bool yesterday)
    {
        await using var house = await PipelineHouse.StartedAsync();
        var envelopes = await SendTwoDaysAsync(house);
        var before = await EverythingAsync(house);
        await house.StopAsync();
        foreach (var file in Directory.GetFiles(house.TelemetryDirectory, Path.GetFileName(FileOf(house, yesterday)) + "*"))
        {
            File.Delete(file);
        }

        await house.StartAsync();
        await WholeAsync(house);

        (await EverythingAsync(house)).SequenceEqual(before).ShouldBeTrue();
        await house.AuditAsync(envelopes);
    }

    [Fact]
    public async Task The_latest_day_comes_back_though_what_came_last_was_for_the_day_before()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var envelopes = await SendTwoDaysAsync(house);
        var (late, later) = (SomeEnvelope.Error("late"), SomeEnvelope.Error("later"));
        await house.SendAsync(Yesterday, late);
        await house.DrainAsync();
        var before = await EverythingAsync(house);
        await house.StopAsync();
        File.Delete(FileOf(house, yesterday: false));

        await house.StartAsync();
        await house.SendAsync(later);
        await WholeAsync(house);

        before.ShouldBeSubsetOf(await EverythingAsync(house));
        await house.AuditAsync([.. envelopes, late.EventId!.Value, later.EventId!.Value]);
    }

    [Fact]
    public async Task Days_whose_files_lie_in_each_other_s_places_are_made_again()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var envelopes = await SendTwoDaysAsync(house);
        var before = await EverythingAsync(house);
        await house.StopAsync();
        var (one, other) = (FileOf(house, yesterday: true), FileOf(house, yesterday: false));
        File.Move(one, one + ".swapped");
        File.Move(other, one);
        File.Move(one + ".swapped", other);

        await house.StartAsync();
        await WholeAsync(house);

        (await EverythingAsync(house)).SequenceEqual(before).ShouldBeTrue();
        await house.AuditAsync(envelopes);
    }

    /// <summary>A process that is gone asked for the latest day; since then the one before was replaced by an older copy.</summary>
    [Fact]
    public async Task A_day_that_is_asked_for_already_does_not_hide_what_an_older_one_lacks()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var first = SomeEnvelope.Error("first");
        await house.SendAsync(Yesterday, first);
        await house.DrainAsync();
        await house.StopAsync();
        var (file, older) = (Directory.GetFiles(house.TelemetryDirectory, "*.duckdb").Single(), Path.GetTempFileName());
        File.Copy(file, older, overwrite: true);
        await house.StartAsync();
        var envelopes = await SendTwoDaysAsync(house);
        var before = await EverythingAsync(house);
        await house.StopAsync();
        File.Delete(FileOf(house, yesterday: false));
        File.Move(older, file, overwrite: true);
        await house.Projects.Metadata.Db.WriteAsync(
            transaction =>
                transaction.ExecuteAsync(
                    "INSERT INTO rebuilds (day, reason) VALUES (@day, 'its file is gone')",
                    new { day = ArrivalDay.Of(DateOnly.FromDateTime(DateTime.UtcNow)) }
                ),
            CancellationToken.None
        );

        await house.StartAsync(withWorker: false);
        // As long as a rebuild of so few rows takes.
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        await house.StartWorkerAsync();
        await WholeAsync(house);

        (await EverythingAsync(house)).SequenceEqual(before).ShouldBeTrue();
        await house.AuditAsync([first.EventId!.Value, .. envelopes]);
    }

    [Fact]
    public async Task A_rebuild_leaves_out_what_was_deleted_since()
    {
        await using var house = await PipelineHouse.StartedAsync();
        var kept = SomeEnvelope.Error("kept");
        await house.SendAsync(Yesterday, kept, SomeEnvelope.Error("deleted"));
        await house.SendAsync(SomeEnvelope.Error("today"));
        await house.DrainAsync();
        await house.Projects.Metadata.Db.WriteAsync(
            transaction => transaction.ExecuteAsync("DELETE FROM event_index WHERE issue_id = 2"),
            CancellationToken.None
        );
        await house.StopAsync();
        File.Delete(FileOf(house, yesterday: true));

        await house.StartAsync();
        await WholeAsync(house);

        (await EverythingAsync(house)).Count(row => row.StartsWith("event", StringComparison.Ordinal)).ShouldBe(2);
        (await house.OutcomesAsync())["Accepted"].ShouldBe(3);
    }

    static async Task<IReadOnlyList<EventId>> SendTwoDaysAsync(PipelineHouse house)
    {
        var yesterday = Enumerable.Range(0, 30).Select(i => SomeEnvelope.Error($"issue-{i % 4}").With("novelty", "{}")).ToArray();
        var today = Enumerable.Range(0, 10).Select(i => SomeEnvelope.Error($"issue-{i % 4}")).ToArray();
        await house.SendAsync(Yesterday, yesterday);
        await house.SendAsync(Yesterday, yesterday[..5]);
        await house.SendAsync(today);
        await house.DrainAsync();
        return [.. yesterday.Concat(today).Select(envelope => envelope.EventId!.Value)];
    }

    internal static async Task WholeAsync(PipelineHouse house)
    {
        await house.DrainAsync();
        var rebuilds = house.Get<Rebuilds>();
        await CrashTests.EventuallyAsync(() => rebuilds.Waiting().Count == 0 && rebuilds.Current is null);
    }

    static async Task<IReadOnlyList<string>> EverythingAsync(PipelineHouse house)
    {
        var events = await RowsAsync(house, Dataset.Events, FieldTable.Events);
        var outcomes = await RowsAsync(house, Dataset.Outcomes, FieldTable.Outcomes);
        return [.. events.Concat(outcomes).Order()];
    }

    static async Task<IEnumerable<string>> RowsAsync(PipelineHouse house, Dataset dataset, FieldTable fields)
    {
        var select = fields.Fields.Select((field, i) => new Selected($"f{i}", new Expression.Field(field.Name))).ToArray();
        var rows = await house.QueryAsync(dataset, select);
        return rows.Select(row => $"{(dataset == Dataset.Events ? "event" : "outcome")} {string.Join('|', row)}");
    }

    static string FileOf(PipelineHouse house, bool yesterday)
    {
        var files = Directory.GetFiles(house.TelemetryDirectory, "*.duckdb").Order().ToArray();
        files.Length.ShouldBe(2);
        return files[yesterday ? 0 : 1];
    }
}
