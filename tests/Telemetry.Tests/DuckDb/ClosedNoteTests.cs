using Telemetry.Tests.Conformance;
using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.Query;

namespace Telemetry.Tests.DuckDb;

public sealed class ClosedNoteTests : StoreTests
{
    static readonly DateOnly Yesterday = Some.Day.AddDays(-1);
    static readonly DateOnly DayBefore = Some.Day.AddDays(-2);

    readonly TemporaryDirectory directory = new();

    protected override Task<TelemetryStore> OpenAsync() => directory.OpenStoreAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task A_closed_day_is_opened_when_somebody_asks_for_its_time()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Which files a process has open is known on Linux.");
        await GivenClosedDaysAsync();

        await ReopenAsync();

        Opened().ShouldBe([Some.Day]);
        Store.Days.Select(day => day.IsClosed).ShouldBe([true, true, false]);
        Store.Applied.ShouldBe(12);
        (await AskAsync(Some.Count() with { Range = Of(Yesterday) })).Rows.Single()[0].ShouldBe(20L);
        Opened().ShouldBe([Yesterday, Some.Day]);
        (await CountAsync()).ShouldBe(10 + 20 + 30);
        Opened().ShouldBe([DayBefore, Yesterday, Some.Day]);
    }

    [Fact]
    public async Task A_batch_for_a_day_that_is_not_open_is_stored()
    {
        await GivenClosedDaysAsync();
        await ReopenAsync();

        await ApplyAsync(new(13, DayBefore) { Events = [Some.Event(900) with { Timestamp = NoonOf(DayBefore) }] });

        (await CountAsync()).ShouldBe(61);
        await ReopenAsync();
        (await CountAsync()).ShouldBe(61, "its note is of the file as it was");
        (await Store.CloseAsync(DayBefore, Cancellation)).ShouldBeTrue();
        await ReopenAsync();
        (await CountAsync()).ShouldBe(61);
    }

    [Fact]
    public async Task A_day_that_is_not_open_can_be_dropped_in_part_and_as_a_whole()
    {
        await GivenClosedDaysAsync();
        await ReopenAsync();

        (await Store.DropAsync(DayBefore, RowKinds.All, Cancellation)).ShouldBeTrue();
        (await Store.DropAsync(Yesterday, RowKinds.Outcomes, Cancellation)).ShouldBeTrue();

        (await CountAsync()).ShouldBe(20 + 30);
        await ReopenAsync();
        (await CountAsync()).ShouldBe(20 + 30);
    }

    [Fact]
    public async Task What_a_note_says_of_an_older_file_is_not_believed()
    {
        await GivenClosedDaysAsync();
        var note = Path.ChangeExtension(directory.DayFile(Yesterday), ".closed");
        var older = await File.ReadAllTextAsync(note, Cancellation);
        await ApplyAsync(new(13, Yesterday) { Events = [Some.Event(900) with { Timestamp = NoonOf(DayBefore) }] });
        (await Store.CloseAsync(Yesterday, Cancellation)).ShouldBeTrue();
        await Store.DisposeAsync();
        await File.WriteAllTextAsync(note, older, Cancellation);

        await ReopenAsync();

        (await AskAsync(Some.Count() with { Range = Of(DayBefore) })).Rows.Single()[0].ShouldBe(11L);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"File\":\"")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task A_note_that_is_broken_is_written_anew(string broken)
    {
        await GivenClosedDaysAsync();
        await Store.DisposeAsync();
        var note = Path.ChangeExtension(directory.DayFile(Yesterday), ".closed");
        var whole = await File.ReadAllTextAsync(note, Cancellation);
        await File.WriteAllTextAsync(note, broken, Cancellation);

        await ReopenAsync();

        (await CountAsync()).ShouldBe(60);
        (await File.ReadAllTextAsync(note, Cancellation)).ShouldBe(whole);
    }

    [Fact]
    public void A_note_that_the_disk_does_not_give_out_is_none()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Which file cannot be read is known on Linux.");
        File.CreateSymbolicLink(Path.ChangeExtension(directory.DayFile(Yesterday), ".closed"), "/proc/self/mem");

        ClosedNote.TryTell(new DayFile(directory.Path, Yesterday)).ShouldBeFalse();
    }

    async Task GivenClosedDaysAsync()
    {
        foreach (var (day, position, count) in new[] { (DayBefore, 10L, 10), (Yesterday, 11L, 20), (Some.Day, 12L, 30) })
        {
            await ApplyAsync(
                new(position, day)
                {
                    Events =
                    [
                        .. Some.Events(count, (UInt128)(position * 1_000)).Select(row => row with { Timestamp = NoonOf(day) }),
                    ],
                    Outcomes = [Some.Outcome() with { Timestamp = NoonOf(day) }],
                }
            );
        }
        (await Store.CloseAsync(DayBefore, Cancellation)).ShouldBeTrue();
        (await Store.CloseAsync(Yesterday, Cancellation)).ShouldBeTrue();
    }

    static long NoonOf(DateOnly day) => Some.TimeOf(day, TimeSpan.FromHours(12));

    static TimeRange Of(DateOnly day) => new(Some.TimeOf(day, TimeSpan.Zero), Some.TimeOf(day.AddDays(1), TimeSpan.Zero));

    IEnumerable<DateOnly> Opened()
    {
        var open = Directory.EnumerateFileSystemEntries("/proc/self/fd").Select(TargetOf).ToHashSet();
        return new[] { DayBefore, Yesterday, Some.Day }.Where(day => open.Contains(directory.DayFile(day)));
    }

    /// <summary>Null: another thread closed it meanwhile.</summary>
    static string? TargetOf(string handle)
    {
        try
        {
            return File.ResolveLinkTarget(handle, returnFinalTarget: false)?.FullName;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
