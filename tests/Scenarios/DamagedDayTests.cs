using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Scenarios;

/// <summary>The telemetry is derived: whatever happens to its files, the server starts, goes on taking events, and makes them again.</summary>
public sealed class DamagedDayTests
{
    [Theory]
    [InlineData("a bit flipped in every page")]
    [InlineData("the first page overwritten")]
    [InlineData("cut in half")]
    [InlineData("emptied")]
    [InlineData("deleted")]
    public Task A_damaged_day_is_rebuilt_and_answers_as_before(string damage) =>
        RebuildAsync(async server =>
        {
            // Stopped in order, the rows are in the file and not in its log.
            (await server.StopAsync()).ShouldBe(0);
            Damage(DayOf(server), damage);
        });

    [Theory]
    [InlineData("a bit flipped in every page")]
    [InlineData("cut in half")]
    [InlineData("emptied")]
    [InlineData("deleted")]
    public Task A_damaged_log_of_a_killed_server_is_made_up_for(string damage) =>
        RebuildAsync(async server =>
        {
            await server.KillAsync();
            Damage(DayOf(server) + ".wal", damage);
        });

    [Fact]
    public Task A_day_that_is_gone_with_its_log_is_rebuilt() =>
        RebuildAsync(async server =>
        {
            await server.KillAsync();
            var day = DayOf(server);
            Damage(day, "deleted");
            Damage(day + ".wal", "deleted");
        });

    static async Task RebuildAsync(Func<ServerProcess, Task> stopAndDamageAsync)
    {
        await using var server = await ServerProcess.StartUnclaimedAsync();
        var load = new EventLoad(server);
        using (var stop = new CancellationTokenSource())
        {
            var sending = load.RunAsync(senders: 4, stop.Token);
            await server.UntilAsync(() => Task.FromResult(load.Acked.Count > 200), "some load");
            await stop.CancelAsync();
            await sending;
        }
        await load.AuditAsync();
        var before = await AnswersAsync(server);

        await stopAndDamageAsync(server);
        await server.StartAgainAsync();

        using var answer = await server.Api.PostAsync(
            new Uri(server.Address, $"api/{ServerProcess.ProjectId}/envelope/?sentry_key={ServerProcess.Key}"),
            new StringContent("{}\n{\"type\":\"event\"}\n{\"message\":\"After the damage\"}\n", Encoding.UTF8, "text/plain")
        );
        answer.EnsureSuccessStatusCode();
        await server.UntilAsync(async () => (await server.IssuesAsync("After")).Count == 1, "the new event");
        await server.UntilAsync(async () => await AnswersAsync(server) == before, "the day to be rebuilt");
        await load.AuditAsync(strangers: 1);
    }

    /// <summary>What the telemetry answers of the events before the damage.</summary>
    static async Task<string> AnswersAsync(ServerProcess server)
    {
        var answers = new StringBuilder();
        foreach (var issue in (await server.IssuesAsync("kind")).OrderBy(issue => issue.Text("title")))
        {
            answers.AppendLine(issue.Text("title")).AppendJoin(' ', await server.EventIdsAsync(issue)).AppendLine();
            answers.AppendLine(
                $"{await server.Api.GetFromJsonAsync<JsonElement>($"organizations/default/issues/{issue.Text("id")}/tags/")}"
            );
        }
        return answers.ToString();
    }

    /// <summary>Around midnight there are two; the larger one is worth damaging.</summary>
    static string DayOf(ServerProcess server) =>
        Directory.GetFiles(Path.Combine(server.Data, "telemetry"), "*.duckdb").MaxBy(file => SizeOf(file) + SizeOf(file + ".wal"))
        ?? throw new FileNotFoundException("The server has no telemetry.");

    static long SizeOf(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;

    static void Damage(string file, string damage)
    {
        var bytes = File.ReadAllBytes(file);
        bytes.Length.ShouldBeGreaterThan(8192, "there must be something to damage");
        switch (damage)
        {
            case "a bit flipped in every page":
                for (var at = 100; at < bytes.Length; at += 4096)
                {
                    bytes[at] ^= 0x10;
                }
                File.WriteAllBytes(file, bytes);
                break;
            case "the first page overwritten":
                bytes.AsSpan(0, 4096).Fill((byte)'x');
                File.WriteAllBytes(file, bytes);
                break;
            case "cut in half":
                File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
                break;
            case "emptied":
                File.WriteAllBytes(file, []);
                break;
            case "deleted":
                File.Delete(file);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(damage), damage, null);
        }
    }
}
