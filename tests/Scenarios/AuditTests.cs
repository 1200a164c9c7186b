using System.Globalization;
using Bench.Load;
using Tocsin.Telemetry.DuckDb;

namespace Scenarios;

/// <summary>An audit that cannot fail shows nothing: behind the server's back a row is taken away, stored twice, or forged, and it is told.</summary>
public sealed class AuditTests
{
    const string First = "(SELECT min(event_id) FROM day.events)";
    const string Lost = $"DELETE FROM day.events WHERE event_id = {First}";
    const string Doubled = $"INSERT INTO day.events FROM day.events WHERE event_id = {First}";
    const string Forged =
        $"INSERT INTO day.events SELECT * REPLACE (7::UHUGEINT AS event_id) FROM day.events WHERE event_id = {First}";

    [Theory]
    [InlineData(Lost, "acked but lost")]
    [InlineData(Doubled, "stored twice")]
    [InlineData(Forged, "never sent")]
    public async Task The_audit_over_the_api_tells_what_is_wrong(string change, string told)
    {
        await using var server = await ServerProcess.StartUnclaimedAsync();
        var load = new EventLoad(server);
        using var stop = new CancellationTokenSource();
        var sending = load.RunAsync(senders: 2, stop.Token);
        await server.UntilAsync(() => Task.FromResult(load.Acked.Count > 20), "some load");
        await stop.CancelAsync();
        await sending;
        await load.AuditAsync();

        (await server.StopAsync()).ShouldBe(0);
        Change(server, change);
        await server.StartAgainAsync();

        (await Record.ExceptionAsync(() => load.AuditAsync()))
            .ShouldBeOfType<ShouldAssertException>()
            .Message.ShouldContain(told);
    }

    [Fact]
    public async Task The_audit_of_the_files_tells_what_is_wrong()
    {
        await using var server = await ServerProcess.StartUnclaimedAsync();
        var options = new LoadOptions { Bodies = 20, Mix = "errors" };
        var sent = new Sent(Corpus.Build(options), options);
        await Loops.ClosedAsync(sent, server.Address.Port, connections: 2, TimeSpan.FromSeconds(1));
        await server.DrainAsync(TimeSpan.FromMinutes(1));
        (await server.StopAsync()).ShouldBe(0);
        var acknowledged = sent.Errors.Count();
        acknowledged.ShouldBeGreaterThan(1);

        var before = await StoredAudit.RunAsync(server.Data, sent);
        Change(server, Doubled);
        var doubled = await StoredAudit.RunAsync(server.Data, sent);
        Change(server, Lost);
        var lost = await StoredAudit.RunAsync(server.Data, sent);

        before.ShouldBe(new(acknowledged, Lost: 0, Twice: 0, IsWhole: true));
        before.ExitCode.ShouldBe(0);
        doubled.ShouldBe(before with { Twice = 1 });
        doubled.ExitCode.ShouldBe(1);
        // Both rows of the id.
        lost.ShouldBe(before with { Lost = 1 });
        lost.ExitCode.ShouldBe(1);
    }

    static void Change(ServerProcess server, string change)
    {
        var telemetry = Path.Combine(server.Data, "telemetry");
        using var engine = DuckDbEngine.Open(new(telemetry));
        var file = Directory.GetFiles(telemetry, "events-*.duckdb").Single();
        var day = Path.GetFileNameWithoutExtension(file)["events-".Length..];
        engine.Attach(file, "day", DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        using (var connection = engine.Connect())
        {
            connection.Execute(change);
        }
        engine.Detach("day");
    }
}
