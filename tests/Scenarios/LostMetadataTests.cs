namespace Scenarios;

/// <summary>A data directory without its metadata, as a hasty clean-up or a broken disk leaves it.</summary>
public sealed class LostMetadataTests
{
    [Fact]
    public async Task A_start_on_segments_without_metadata_is_refused_in_one_line_and_a_copy_brings_everything_back()
    {
        await using var server = await ServerProcess.StartUnclaimedAsync();
        var load = new EventLoad(server);
        using var stop = new CancellationTokenSource();
        var sending = load.RunAsync(senders: 2, stop.Token);
        await server.UntilAsync(async () => load.Acked.Count > 20 && (await server.IssuesAsync()).Count > 0, "some events");
        await stop.CancelAsync();
        await sending;
        await server.StopAsync();
        var file = Path.Combine(server.Data, "metadata.db");
        var copy = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(file, [], TestContext.Current.CancellationToken);

        var (code, output, errors) = await ServerProcess.RunAsync(
            server.Data,
            ("TOCSIN_DATA", server.Data),
            ("TOCSIN_LISTEN", $"127.0.0.1:{ServerProcess.FreePort()}")
        );

        code.ShouldBe(1);
        output.ShouldBeEmpty();
        var line = errors.Trim().Split('\n').ShouldHaveSingleItem();
        line.ShouldStartWith($"{file} is empty");
        line.ShouldContain("journal: ");
        line.ShouldContain("payloads: ");
        line.ShouldContain("Restore it from a copy");
        new FileInfo(file).Length.ShouldBe(0);

        await File.WriteAllBytesAsync(file, copy, TestContext.Current.CancellationToken);
        await server.StartAgainAsync();
        await load.AuditAsync();
    }
}
