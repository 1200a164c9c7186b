using Telemetry.Tests.Child;
using Tocsin.Telemetry.DuckDb;

namespace Telemetry.Tests.DuckDb;

public sealed class DuckDbCrashTests(KilledStore killed) : IClassFixture<KilledStore>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_acknowledged_survives_kill_9_and_no_batch_is_torn()
    {
        using var directory = killed.Copy();
        var acknowledged = killed.Acknowledged;
        for (var kill = 1; kill <= 4; kill++)
        {
            acknowledged = await KilledStore.ApplyAndKillAsync(directory.Path, kill * 7, Cancellation);
        }

        await using var store = await DuckDbStore.OpenAsync(Chores.Options(directory.Path), Cancellation);

        store.Applied.ShouldBeInRange(acknowledged, acknowledged + 1, "the last batch may be committed and not yet acknowledged");
        var count = (long)(await store.QueryAsync(Some.Count(), Cancellation)).Rows.Single()[0]!;
        count.ShouldBe(store.Applied * Chores.RowsPerBatch);
        store.Days.ShouldAllBe(day => day.Damage == null);
    }

    [Fact]
    public async Task Bits_that_flipped_in_the_log_cost_the_day()
    {
        var output = await SurviveAsync(log =>
        {
            for (var at = 2_000; at < log.Length; at += 10_000)
            {
                log[at] ^= 4;
            }
            return log;
        });

        output.ShouldContain("partial True");
        output.ShouldNotContain("whole");
    }

    [Fact]
    public async Task Pages_of_zeros_in_the_log_cost_the_day()
    {
        var output = await SurviveAsync(log =>
        {
            log.AsSpan(log.Length / 2, 4096).Clear();
            return log;
        });

        output.ShouldNotContain("whole");
    }

    [Fact]
    public async Task A_log_that_lost_its_end_tells_of_a_lower_position()
    {
        var whole = Applied(await SurviveAsync(log => log));

        var output = await SurviveAsync(log => log[..(log.Length * 3 / 4)]);

        output.ShouldContain("whole");
        Applied(output).ShouldBeLessThan(whole);
        output.ShouldContain($"rows {Applied(output) * Chores.RowsPerBatch} ");

        static long Applied(string output) => long.Parse(output.Split('\n')[0]["applied ".Length..], null);
    }

    [Fact]
    public async Task Noise_instead_of_a_log_ends_no_process()
    {
        var output = await SurviveAsync(_ =>
        {
            var noise = new byte[50_000];
            new Random(7).NextBytes(noise);
            return noise;
        });

        output.ShouldContain("closed");
    }

    [Fact]
    public async Task Noise_in_the_file_under_a_good_log_costs_the_day()
    {
        using var directory = killed.Copy();
        var file = directory.DayFile(Some.Day);
        var bytes = await File.ReadAllBytesAsync(file, Cancellation);
        new Random(7).NextBytes(bytes.AsSpan(3 * 4096));
        await File.WriteAllBytesAsync(file, bytes, Cancellation);

        (await SurviveAsync(directory)).ShouldNotContain("whole");
    }

    [Theory]
    [InlineData(60)]
    [InlineData(600)]
    [InlineData(1_500)]
    public async Task What_cannot_be_written_is_refused_until_it_can_be(int kibibytes)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && File.Exists("/usr/bin/prlimit"),
            "The file limit of a process is lifted with prlimit."
        );
        using var directory = new TemporaryDirectory();
        using var child = ChildProcess.StartWithFileLimit(kibibytes, "persist", directory.Path);
        var refusals = 0;
        while (refusals < 3)
        {
            refusals += (await LineAsync(child)).StartsWith("refused", StringComparison.Ordinal) ? 1 : 0;
        }
        await child.LiftFileLimitAsync(Cancellation);
        for (var applied = 0; applied < 30; )
        {
            var words = (await LineAsync(child)).Split(' ');
            if (words[0] != "refused")
            {
                applied++;
                long.Parse(words[1], null)
                    .ShouldBe(long.Parse(words[0], null) * Chores.RowsPerBatch, "nothing is lost and nothing counts twice");
                words[2].ShouldBe("False");
            }
        }
        child.Kill();
    }

    static async Task<string> LineAsync(ChildProcess child)
    {
        var line = await child.LineAsync(Cancellation);
        if (line is null)
        {
            var (exitCode, output) = await child.EndAsync(Cancellation);
            Assert.Fail($"The process ended with {exitCode}: {output}");
        }
        return line;
    }

    /// <summary>Opens, reads, writes and closes in another process, which must not end by it.</summary>
    async Task<string> SurviveAsync(Func<byte[], byte[]> damage)
    {
        using var directory = killed.Copy();
        var log = directory.DayFile(Some.Day) + ".wal";
        await File.WriteAllBytesAsync(log, damage(await File.ReadAllBytesAsync(log, Cancellation)), Cancellation);
        return await SurviveAsync(directory);
    }

    static async Task<string> SurviveAsync(TemporaryDirectory directory)
    {
        using var child = ChildProcess.Start("survive", directory.Path);
        var (exitCode, output) = await child.EndAsync(Cancellation);
        exitCode.ShouldBe(0, output);
        return output;
    }
}
