using System.Globalization;
using Telemetry.Tests.Conformance;
using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;

namespace Telemetry.Tests.DuckDb;

public sealed class DuckDbApplyingTests : ApplyingTests
{
    readonly TemporaryDirectory directory = new();

    protected override Task<TelemetryStore> OpenAsync() => directory.OpenStoreAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }
}

public sealed class DuckDbQueryingTests : QueryingTests
{
    readonly TemporaryDirectory directory = new();

    protected override Task<TelemetryStore> OpenAsync() => directory.OpenStoreAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }
}

public sealed class DuckDbGroupsTests : GroupsTests
{
    readonly TemporaryDirectory directory = new();

    protected override Task<TelemetryStore> OpenAsync() => directory.OpenStoreAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }
}

public sealed class DuckDbTagsTests : TagsTests
{
    readonly TemporaryDirectory directory = new();

    protected override Task<TelemetryStore> OpenAsync() => directory.OpenStoreAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }
}

public sealed class DuckDbRetentionTests : RetentionTests
{
    readonly TemporaryDirectory directory = new();

    protected override Task<TelemetryStore> OpenAsync() => directory.OpenStoreAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }
}

public sealed class DuckDbSumsTests : SumsTests
{
    readonly TemporaryDirectory directory = new();

    protected override Task<TelemetryStore> OpenAsync() => directory.OpenStoreAsync();

    [Fact]
    public async Task A_day_whose_spans_have_too_many_sums_for_the_memory_is_closed_without()
    {
        await Store.DisposeAsync();
        await using var store = await DuckDbStore.OpenAsync(
            new(directory.Path) { CompactionMemory = "48MB", CompactionRows = 10_000 },
            Cancellation
        );
        var name = new string('n', 400);
        for (var batch = 0; batch < 40; batch++)
        {
            var from = batch * 5_000;
            await store.ApplyAsync(
                new(batch + 1, Some.Day)
                {
                    Spans =
                    [
                        .. Enumerable
                            .Range(from, 5_000)
                            .Select(number =>
                                Some.Span(number) with
                                {
                                    Timestamp = Some.TimeOf(Some.Day, TimeSpan.FromSeconds(number % 80_000)),
                                    Group = number,
                                    GroupName = $"{name}{number}",
                                }
                            ),
                    ],
                },
                Cancellation
            );
        }

        (await store.CloseAsync(Some.Day, Cancellation)).ShouldBeTrue();
        store.Days[0].IsClosed.ShouldBeTrue();
    }

    [Fact]
    public async Task Days_of_many_like_spans_have_sums_and_others_have_none()
    {
        await GivenDaysAsync(1);
        await ApplyAsync(
            new TelemetryBatch(50, Some.Day.AddDays(1))
            {
                Spans =
                [
                    .. Enumerable
                        .Range(0, 300)
                        .Select(number => Some.Span(number) with { Group = number, Duration = 1 + number }),
                ],
            }
        );
        await Store.CloseAsync(Some.Day, Cancellation);
        await Store.CloseAsync(Some.Day.AddDays(1), Cancellation);
        await Store.DisposeAsync();

        using var files = DayFiles.Open(new(directory.Path));

        files.All.Select(day => day.HasSums).ShouldBe([true, false]);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }
}

public sealed class DuckDbClosingTests : ClosingTests
{
    readonly TemporaryDirectory directory = new();

    protected override Task<TelemetryStore> OpenAsync() => directory.OpenStoreAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }
}

public sealed class DuckDbRebuildTests : RebuildTests
{
    readonly TemporaryDirectory directory = new();

    protected override Task<TelemetryStore> OpenAsync() => directory.OpenStoreAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }
}

public sealed class DuckDbSpansTests : SpansTests
{
    readonly TemporaryDirectory directory = new();

    protected override Task<TelemetryStore> OpenAsync() => directory.OpenStoreAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }
}

public sealed class DuckDbMeasuringTests : MeasuringTests
{
    readonly TemporaryDirectory directory = new();

    protected override Task<TelemetryStore> OpenAsync() => directory.OpenStoreAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }
}

static class DuckDbDirectory
{
    public static async Task<TelemetryStore> OpenStoreAsync(this TemporaryDirectory directory) =>
        await DuckDbStore.OpenAsync(
            new DuckDbOptions(directory.Path) { Threads = 2, MemoryLimit = "256MB" },
            TestContext.Current.CancellationToken
        );

    public static string DayFile(this TemporaryDirectory directory, DateOnly day) =>
        Path.Combine(directory.Path, $"events-{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.duckdb");
}

public sealed class DuckDbNamesTests : NamesTests
{
    readonly TemporaryDirectory directory = new();

    protected override Task<TelemetryStore> OpenAsync() => directory.OpenStoreAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }
}

public sealed class DuckDbMergedRowsTests : MergedRowsTests
{
    readonly TemporaryDirectory directory = new();

    protected override Task<TelemetryStore> OpenAsync() => directory.OpenStoreAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }
}
