using System.Diagnostics;
using System.Globalization;
using System.Net;
using Bench.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Tocsin.Server.Hosting;
using Tocsin.Server.Metadata;
using Tocsin.Telemetry;

namespace Bench.Start;

/// <summary>
/// A data directory as an installation has it after some weeks: rows of fourteen days, all but the latest closed, and the index of their ids.
/// No bodies: a start reads the names of their files and the end of the last one.
/// </summary>
static class StoredEvents
{
    const int Days = 14;
    const int Batch = 5_000;

    public static async Task FillAsync(string data, string key, int count)
    {
        var begun = Stopwatch.GetTimestamp();
        var options = new ServerOptions
        {
            Data = data,
            Listen = new(IPAddress.Loopback, 0),
            Url = new("http://tocsin.example"),
            BootstrapKey = key,
        };
        await using (var app = TocsinApp.Build(options))
        {
            await app.PrepareAsync(CancellationToken.None);
            await FillRowsAsync(app.Services.GetRequiredService<TelemetryStore>(), count);
            await FillIndexAsync(app.Services.GetRequiredService<MetadataDb>(), count);
        }
        var bytes = new DirectoryInfo(data).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count:N0} events of {Days} days, {bytes >> 20:N0} MB, in {Stopwatch.GetElapsedTime(begun).TotalSeconds:N0} s"
            )
        );
    }

    static async Task FillRowsAsync(TelemetryStore store, int count)
    {
        var last = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var perDay = count / Days;
        var step = 86_400_000_000L / perDay;
        var position = store.Applied;
        for (var day = 0; day < Days; day++)
        {
            var date = last.AddDays(day + 1 - Days);
            var midnight = (date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * 86_400_000_000L;
            var events = new SyntheticEvents(day);
            for (var done = 0; done < perDay; done += Batch)
            {
                var rows = events.Take(Math.Min(Batch, perDay - done), midnight + (done * step), step);
                await store.ApplyAsync(new(++position, date) { Events = rows }, CancellationToken.None);
            }
        }
        for (var day = 1; day < Days; day++)
        {
            await store.CloseAsync(last.AddDays(-day), CancellationToken.None);
        }
    }

    static Task<int> FillIndexAsync(MetadataDb metadata, int count) =>
        metadata.WriteAsync(
            transaction =>
                transaction.ExecuteAsync(
                    """
                    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < @count)
                    INSERT INTO event_index
                        (project_id, event_high, event_low, position, item, issue_id, timestamp, day, segment, "offset", length)
                    SELECT 1, n * 900719925474, n, n, 0, 1 + n % 5000, n, 20000 + n % 14, 1, n, 3000 FROM numbers
                    """,
                    new { count }
                ),
            CancellationToken.None
        );
}
