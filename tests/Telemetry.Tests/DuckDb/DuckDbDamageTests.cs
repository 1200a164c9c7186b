using System.Security.Cryptography;
using Telemetry.Tests.Conformance;
using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.DuckDb.Native;

namespace Telemetry.Tests.DuckDb;

public sealed class DuckDbDamageTests : DamageTests
{
    const int Headers = 3 * 4096;

    readonly TemporaryDirectory directory = new();

    protected override Task<TelemetryStore> OpenAsync() => directory.OpenStoreAsync();

    protected override void Damage(string kind, DateOnly day)
    {
        var file = directory.DayFile(day);
        var bytes = File.ReadAllBytes(file);
        switch (kind)
        {
            case "a bit of the signature":
                bytes[9] ^= 1;
                break;
            case "a bit of a header":
                bytes[4096 + 20] ^= 0x40;
                break;
            case "a bit in every block":
                for (var block = Headers + 100; block < bytes.Length; block += 262_144)
                {
                    bytes[block] ^= 0x10;
                }
                break;
            case "pages of zeros":
                bytes.AsSpan(Headers, 8 * 4096).Clear();
                break;
            case "the second half":
                bytes = bytes[..(Headers + (bytes.Length - Headers) / 2)];
                break;
            case "all but the headers":
                bytes = bytes[..Headers];
                break;
            case "all but a few bytes":
                bytes = bytes[..100];
                break;
            case "all":
                bytes = [];
                break;
            case "noise":
                RandomNumberGenerator.Fill(bytes);
                break;
        }
        File.WriteAllBytes(file, bytes);
    }

    [Theory]
    [InlineData("a bit of the signature")]
    [InlineData("a bit of a header")]
    [InlineData("a bit in every block")]
    [InlineData("pages of zeros")]
    [InlineData("the second half")]
    [InlineData("all but the headers")]
    [InlineData("all but a few bytes")]
    [InlineData("all")]
    [InlineData("noise")]
    public async Task A_damaged_file_costs_its_day_only(string kind) =>
        await A_damaged_day_is_set_aside_and_the_rest_goes_on(kind);

    [Theory]
    [InlineData("a bit of the signature")]
    [InlineData("a bit of a header")]
    [InlineData("a bit in every block")]
    [InlineData("pages of zeros")]
    [InlineData("the second half")]
    [InlineData("all but the headers")]
    [InlineData("all but a few bytes")]
    [InlineData("all")]
    [InlineData("noise")]
    public async Task A_damaged_file_of_a_closed_day_costs_its_day_only(string kind) =>
        await A_damaged_day_is_set_aside_and_the_rest_goes_on(kind, closed: true);

    [Fact]
    public async Task Answers_that_need_no_damaged_day_are_whole() =>
        await A_query_that_cannot_touch_the_damaged_day_is_whole("noise");

    [Fact]
    public async Task The_damaged_file_is_kept_for_whoever_wants_to_look()
    {
        await GivenDamageAsync("noise");

        File.Exists(directory.DayFile(Some.Day) + ".damaged-1").ShouldBeTrue();
    }

    [Fact]
    public async Task A_damaged_file_that_the_disk_does_not_let_be_set_aside_is_set_aside_when_it_does()
    {
        await ApplyAsync(new TelemetryBatch(10, Some.Day.AddDays(-1)) { Events = Some.Events(3) });
        await ApplyAsync(Some.Batch(20, Some.Events(20_000, 1_000)));
        (await Store.CloseAsync(Some.Day.AddDays(-1), Cancellation)).ShouldBeTrue();
        (await Store.CloseAsync(Some.Day, Cancellation)).ShouldBeTrue();
        await ReopenAsync();
        await Store.DisposeAsync();
        // Its note holds, so that the damage shows when somebody asks for its rows.
        var written = File.GetLastWriteTimeUtc(directory.DayFile(Some.Day));
        Damage("a bit in every block", Some.Day);
        File.SetLastWriteTimeUtc(directory.DayFile(Some.Day), written);
        await ReopenAsync();
        var inTheWay = Directory.CreateDirectory(DamageMark);

        await Should.ThrowAsync<TelemetryStoreException>(ReadAllAsync);
        await Should.ThrowAsync<TelemetryStoreException>(ReadAllAsync);
        inTheWay.Delete();

        var read = await ReadAllAsync();
        read.Partial.ShouldBeTrue();
        read.Rows.Count.ShouldBe(3);
        Store.Days[1].Damage.ShouldNotBeNullOrEmpty();
        await ApplyAsync(Some.Batch(21, Some.Events(2, 100)));
        (await CountAsync()).ShouldBe(5);
    }

    [Fact]
    public async Task A_start_opens_the_other_days_though_a_damaged_one_cannot_be_set_aside_yet()
    {
        await ApplyAsync(new TelemetryBatch(10, Some.Day.AddDays(-1)) { Events = Some.Events(3) });
        await ApplyAsync(Some.Batch(20, Some.Events(20, 1_000)));
        await Store.DisposeAsync();
        Damage("noise", Some.Day);
        var inTheWay = Directory.CreateDirectory(DamageMark);

        await ReopenAsync();

        var read = await AskAsync(Some.Count());
        read.Partial.ShouldBeTrue();
        read.Rows.Single()[0].ShouldBe(3L);
        await Should.ThrowAsync<TelemetryStoreException>(() => ApplyAsync(Some.Batch(21, Some.Events(2, 100))));
        inTheWay.Delete();
        await ApplyAsync(Some.Batch(21, Some.Events(2, 100)));
        Store.Days[1].Damage.ShouldNotBeNullOrEmpty();
        (await CountAsync()).ShouldBe(3 + 2);
    }

    [Fact]
    public async Task A_day_whose_file_could_not_be_replaced_goes_on_taking_batches()
    {
        await ApplyAsync(Some.Batch(10, Some.Events(3)));
        var inTheWay = Directory.CreateDirectory(DamageMark);
        await Should.ThrowAsync<TelemetryStoreException>(() => Store.RebuildAsync(Some.Day, Rows(), Cancellation));

        await ApplyAsync(Some.Batch(11, Some.Events(2, 100)));

        (await CountAsync()).ShouldBe(3 + 2);
        inTheWay.Delete();
        await Store.RebuildAsync(Some.Day, Rows(), Cancellation);
        (await CountAsync()).ShouldBe(4 + 2);

        static async IAsyncEnumerable<TelemetryBatch> Rows()
        {
            await Task.Yield();
            yield return Some.Batch(10, Some.Events(4, 1_000));
        }
    }

    /// <summary>Nothing can be written where a directory lies.</summary>
    string DamageMark => Path.ChangeExtension(directory.DayFile(Some.Day), ".damage");

    [Fact]
    public async Task A_file_over_which_the_process_died_three_times_is_not_opened_again()
    {
        await ApplyAsync(Some.Batch(10, Some.Events(3)));
        await Store.DisposeAsync();
        var mark = Path.ChangeExtension(directory.DayFile(Some.Day), ".opening");

        await File.WriteAllTextAsync(mark, "..", Cancellation);
        await ReopenAsync();
        (await CountAsync()).ShouldBe(3, "twice may be chance");
        File.Exists(mark).ShouldBeFalse();
        await Store.DisposeAsync();
        await File.WriteAllTextAsync(mark, "...", Cancellation);
        await ReopenAsync();

        (await CountAsync()).ShouldBe(0);
        Store.Days.Single().Damage.ShouldBe("the process died 3 times while this file was opened");
        await ReopenAsync();
        Store.Days.Single().Damage.ShouldBe("the process died 3 times while this file was opened");
    }

    [Fact]
    public void A_file_that_the_disk_does_not_give_out_is_damaged()
    {
        var file = directory.DayFile(Some.Day);
        File.CreateSymbolicLink(file, file);

        FileCheck.Examine(file).ShouldNotBeNull().ShouldStartWith("the file cannot be read");
        File.Delete(file);
    }

    [Fact]
    public async Task A_damage_mark_that_the_disk_does_not_give_out_tells_of_damage()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Which file cannot be read is known on Linux.");
        await ApplyAsync(Some.Batch(10, Some.Events(3)));
        await Store.DisposeAsync();
        File.CreateSymbolicLink(DamageMark, "/proc/self/mem");

        await ReopenAsync();

        Store.Days.Single().Damage.ShouldNotBeNull().ShouldStartWith("what is wrong cannot be read");
        (await AskAsync(Some.Count())).Partial.ShouldBeTrue();
    }

    [Fact]
    public async Task A_log_without_its_file_is_damage()
    {
        await Store.DisposeAsync();
        await File.WriteAllBytesAsync(directory.DayFile(Some.Day) + ".wal", new byte[100], Cancellation);
        await ReopenAsync();

        Store.Days.Single().Damage.ShouldBe("the file is gone, only its log is left");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Files_in_each_other_s_places_are_set_aside(bool closed, bool withNotes)
    {
        var next = Some.Day.AddDays(1);
        await ApplyAsync(new(1, Some.Day) { Events = Some.Events(3) });
        await ApplyAsync(new(2, next) { Events = Some.Events(2) });
        await ApplyAsync(new(3, next.AddDays(1)) { Events = Some.Events(1) });
        if (closed)
        {
            (await Store.CloseAsync(Some.Day, Cancellation)).ShouldBeTrue();
            (await Store.CloseAsync(next, Cancellation)).ShouldBeTrue();
        }
        await Store.DisposeAsync();

        Swap(directory.DayFile(Some.Day), directory.DayFile(next));
        if (withNotes)
        {
            Swap(
                Path.ChangeExtension(directory.DayFile(Some.Day), ".closed"),
                Path.ChangeExtension(directory.DayFile(next), ".closed")
            );
        }
        await ReopenAsync();

        Store
            .Days.Select(day => day.Damage)
            .ShouldBe([
                "this is the file of 2026-11-21, in the place of another day's",
                "this is the file of 2026-11-20, in the place of another day's",
                null,
            ]);
        (await CountAsync()).ShouldBe(1);

        static void Swap(string one, string other)
        {
            File.Move(one, one + ".swapped");
            File.Move(other, one);
            File.Move(one + ".swapped", other);
        }
    }

    [Fact]
    public async Task A_file_that_does_not_know_its_day_yet_learns_it()
    {
        await ApplyAsync(Some.Batch(1, Some.Events(3)));
        await Store.DisposeAsync();
        using (var file = Database.Open(directory.DayFile(Some.Day)))
        using (var connection = file.Connect())
        {
            connection.Execute("DROP TABLE of_day");
        }

        await ReopenAsync();
        (await CountAsync()).ShouldBe(3);
        await Store.DisposeAsync();
        File.Move(directory.DayFile(Some.Day), directory.DayFile(Some.Day.AddDays(1)));
        await ReopenAsync();

        Store.Days.Single().Damage.ShouldBe("this is the file of 2026-11-20, in the place of another day's");
    }

    [Fact]
    public async Task Dropping_a_damaged_day_removes_what_was_set_aside()
    {
        await GivenDamageAsync("noise");

        await Store.DropAsync(Some.Day, RowKinds.All, Cancellation);

        Directory.EnumerateFiles(directory.Path, "*2026-11-20*").ShouldBeEmpty();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }
}
