using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Tocsin.Journal.Files;
using Tocsin.Journal.Segments;

namespace Journal.Tests.Kills;

/// <summary>A process that appends until it is killed, and says of every record when it is acknowledged.</summary>
static class AppendingProcess
{
    public const string Argument = "--append-until-killed";
    const int Producers = 8;

    public static SegmentJournalOptions Options(string directory) =>
        new()
        {
            Directory = directory,
            SegmentBytes = 256 << 10,
            ReserveBytes = 0,
        };

    public static Process Start(string directory) =>
        Process.Start(
            new ProcessStartInfo("dotnet")
            {
                ArgumentList = { typeof(AppendingProcess).Assembly.Location, Argument, directory },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;

    public static async Task<int> RunAsync(string directory)
    {
        SegmentJournal journal;
        try
        {
            journal = SegmentJournal.Open(Options(directory), new DiskFileLayer(), TimeProvider.System);
        }
        catch (IOException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
        await using var output = Console.OpenStandardOutput();
        var gate = new Lock();
        var given = (int)(journal.End % 1_000_000);
        await Task.WhenAll(Enumerable.Range(0, Producers).Select(_ => Task.Run(ProduceAsync)));
        return 0;

        async Task ProduceAsync()
        {
            while (true)
            {
                var number = Interlocked.Increment(ref given);
                var record = new ReadOnlySequence<byte>(NumberedRecord.Write(number));
                var position = await journal.AppendAsync(record, CancellationToken.None);
                var line = string.Create(CultureInfo.InvariantCulture, $"{position} {number}\n");
                lock (gate)
                {
                    output.Write(System.Text.Encoding.ASCII.GetBytes(line));
                }
            }
        }
    }
}
