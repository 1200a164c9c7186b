using System.Globalization;
using Tocsin.Journal.Files;
using Tocsin.Journal.Segments;

namespace Journal.Tests.Kills;

public sealed class KillTests : IDisposable
{
    readonly TemporaryDirectory directory = new();

    string Journal => Path.Combine(directory.Path, "journal");

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Twenty_kills_lose_nothing_that_was_acknowledged()
    {
        var acknowledged = new HashSet<(long, int)>();
        var chance = new Random(1);
        for (var kill = 0; kill < 20; kill++)
        {
            using var process = AppendingProcess.Start(Journal);
            // Killed after some lines, so that every life has achieved something, and at any point of its work.
            for (var lines = chance.Next(1, 500); lines > 0; lines--)
            {
                var line = await process.StandardOutput.ReadLineAsync();
                acknowledged.Add(
                    Parse(line ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync()))
                );
            }
            process.Kill();
            var rest = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            // A line without its end may be cut in the middle of a number.
            foreach (var line in rest.Split('\n')[..^1])
            {
                acknowledged.Add(Parse(line));
            }
        }

        await using var journal = SegmentJournal.Open(
            AppendingProcess.Options(Journal),
            new DiskFileLayer(),
            TimeProvider.System
        );
        var read = await Reading.AllAsync(journal);
        var records = read
            .Records.Select(record => (record.Position, NumberedRecord.Read(record.Bytes).ShouldNotBeNull()))
            .ToList();

        acknowledged.Except(records).ShouldBeEmpty();
        records.Select(record => record.Position).ShouldBeUnique();
        read.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_process_is_refused_with_a_clear_sentence()
    {
        await using var journal = SegmentJournal.Open(
            AppendingProcess.Options(Journal),
            new DiskFileLayer(),
            TimeProvider.System
        );

        using var second = AppendingProcess.Start(Journal);
        var error = await second.StandardError.ReadToEndAsync();
        await second.WaitForExitAsync();

        second.ExitCode.ShouldBe(1);
        error.ShouldContain($"The journal in {Journal} is in use by another process.");
    }

    static (long, int) Parse(string line)
    {
        var parts = line.Split(' ');
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
