using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Server.Tests.Corpus;
using Server.Tests.Overload;
using Tocsin.Server.Hosting;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Server.Tests.Pipeline;

public sealed class RebuildProgressTests
{
    /// <summary>Of so many events a rebuild is several pieces.</summary>
    const int Events = 40;

    const int Texts = 30;
    const int TextLength = 8_000;

    [Fact]
    public async Task The_pipeline_page_shows_a_rebuild_go_on_while_events_are_accepted()
    {
        SteppedTelemetry telemetry = null!;
        await using var server = await WholeServer.StartAsync(services =>
            services.AddSingleton<TelemetryStore>(provider =>
                telemetry = new SteppedTelemetry(provider.GetRequiredService<Stores>().Telemetry)
            )
        );
        var chance = new Random(1);
        for (var number = 0; number < Events; number++)
        {
            await SendAsync(server, chance);
            await server.DrainAsync();
        }

        telemetry.LoseDay();
        var seen = new List<long>();
        var total = 0L;
        while (telemetry.IsLost)
        {
            await CrashTests.EventuallyAsync(async () => !telemetry.IsLost || await SeeAsync());
            await SendAsync(server, chance);
            telemetry.Step();
        }
        await server.DrainAsync();

        seen[0].ShouldBe(0);
        seen.ShouldContain(done => done > 0 && done < total, string.Join(' ', seen));
        seen.ShouldBe(seen.Distinct().Order());
        await CrashTests.EventuallyAsync(async () => await ProgressAsync(server) is null);

        // Whether it has come further than when it was looked at last.
        async Task<bool> SeeAsync()
        {
            if (await ProgressAsync(server) is not { } progress || seen is [.., var last] && progress.Done <= last)
            {
                return false;
            }
            seen.Add(progress.Done);
            total = progress.Total;
            return true;
        }
    }

    static async Task SendAsync(WholeServer server, Random chance)
    {
        // One text of them would be cut to what an event may hold of it.
        var noise = Enumerable.Range(0, Texts).Select(number => $"\"{number}\":\"{Noise(chance)}\"");
        var payload = $$$"""{"message":"large","extra":{{{{string.Join(',', noise)}}}}}""";
        (await HostileEventTests.SendAsync(server, payload)).ShouldBe(HttpStatusCode.OK);
    }

    static string Noise(Random chance)
    {
        var bytes = new byte[TextLength / 2];
        chance.NextBytes(bytes);
        return Convert.ToHexString(bytes);
    }

    static async Task<(long Done, long Total)?> ProgressAsync(WholeServer server)
    {
        var page = await server.Api.GetFromJsonAsync<JsonElement>("internal/pipeline/");
        var rebuild = page.GetProperty("days").EnumerateArray().Single().GetProperty("rebuild");
        return rebuild.ValueKind == JsonValueKind.Object
            ? (rebuild.GetProperty("doneBytes").GetInt64(), rebuild.GetProperty("totalBytes").GetInt64())
            : null;
    }

    /// <summary>Says of its days that they are damaged when it is told to, and takes a piece of a rebuild with each step.</summary>
    sealed class SteppedTelemetry(TelemetryStore inner) : TelemetryStore
    {
        readonly SemaphoreSlim steps = new(0);
        volatile bool isLost;

        public bool IsLost => isLost;

        public override long Applied => inner.Applied;

        public override IReadOnlyList<TelemetryDay> Days =>
            isLost ? [.. inner.Days.Select(day => day with { Damage = "lost" })] : inner.Days;

        public void LoseDay() => isLost = true;

        public void Step() => steps.Release();

        public override async Task RebuildAsync(
            DateOnly day,
            IAsyncEnumerable<TelemetryBatch> rows,
            CancellationToken cancellation
        )
        {
            await inner.RebuildAsync(day, SteppedAsync(rows, cancellation), cancellation);
            isLost = false;
        }

        async IAsyncEnumerable<TelemetryBatch> SteppedAsync(
            IAsyncEnumerable<TelemetryBatch> rows,
            [EnumeratorCancellation] CancellationToken cancellation
        )
        {
            await foreach (var batch in rows.WithCancellation(cancellation))
            {
                await steps.WaitAsync(cancellation);
                yield return batch;
            }
        }

        public override Task ApplyAsync(TelemetryBatch batch, CancellationToken cancellation) =>
            inner.ApplyAsync(batch, cancellation);

        public override Task<TelemetryResult> QueryAsync(TelemetryQuery query, CancellationToken cancellation) =>
            inner.QueryAsync(query, cancellation);

        public override Task<bool> CloseAsync(DateOnly day, CancellationToken cancellation) =>
            inner.CloseAsync(day, cancellation);

        public override Task<bool> DropAsync(DateOnly day, RowKinds kinds, CancellationToken cancellation) =>
            inner.DropAsync(day, kinds, cancellation);

        /// <summary>The inner one belongs to <see cref="Stores"/>.</summary>
        public override ValueTask DisposeAsync()
        {
            steps.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
