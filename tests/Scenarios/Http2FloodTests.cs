using System.Net.Http.Json;
using System.Text.Json;

namespace Scenarios;

/// <summary>
/// Floods of HTTP/2 frames at the address for gRPC, beside clients that want to send: the latter get their answers, what was acknowledged to them is
/// stored once, and memory stays within what the operator allowed. Where a flood only ends when the server ends it, it does.
/// </summary>
public sealed class Http2FloodTests(FloodedServer flooded) : IClassFixture<FloodedServer>
{
    const int Connections = 4;
    const int MiB = 1 << 20;
    const string Export = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    static readonly byte[] Call = RawHttp2.Block(
        (":method", "POST"),
        (":scheme", "http"),
        (":path", Export),
        (":authority", "x"),
        ("te", "trailers"),
        ("content-type", "application/grpc"),
        ("x-sentry-auth", $"Sentry sentry_key={ServerProcess.Key}")
    );

    static readonly byte[] Page = RawHttp2.Block((":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "x"));

    static readonly byte[] Filler = RawHttp2.Block(Enumerable.Range(0, 60).Select(i => ($"x-{i}", new string('x', 120))));

    /// <summary>No stream may get a byte of an answer's content.</summary>
    static readonly byte[] ClosedWindow = [0, 4, 0, 0, 0, 0];

    /// <summary>Each adds one step of it, from the first on. Some end by themselves after so many steps.</summary>
    static readonly Dictionary<string, (int Steps, bool IsCut, Action<RawHttp2, uint> Step)> Floods = new()
    {
        ["streams opened and reset"] = (10_000, false, OpenAndReset),
        ["pings whose answers nobody reads"] = (100_000, false, (http, step) => http.Add(RawHttp2.Ping, 0, 0, new byte[8])),
        ["settings whose answers nobody reads"] = (100_000, false, (http, _) => http.Add(RawHttp2.Settings, 0, 0, [])),
        ["headers without an end"] = (int.MaxValue, true, (http, step) => Continue(http, step, Filler)),
        ["headers that go on with nothing"] = (int.MaxValue, true, (http, step) => Continue(http, step, [])),
        ["bodies of one byte without an end"] = (90, true, OpenWithOneByte),
        ["more streams than may be open"] = (5_000, true, OpenWithOneByte),
        ["answers that may not be sent"] = (
            90,
            true,
            (http, step) => http.Add(RawHttp2.Headers, RawHttp2.EndHeaders | RawHttp2.End, Id(step), Page)
        ),
    };

    public static TheoryData<string> Names { get; } = [.. Floods.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_flood_of_frames_costs_the_others_nothing(string name)
    {
        var (server, flood) = (flooded.Process, Floods[name]);
        using var stop = new CancellationTokenSource();
        var (load, before) = (flooded.Load, flooded.Load.Acked.Count);
        var sending = load.RunAsync(senders: 2, stop.Token);
        var flooding = Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(() => FloodAsync(flood))));
        var most = 0L;

        await server.UntilAsync(
            () =>
            {
                most = Math.Max(most, server.Resident);
                return Task.FromResult(load.Acked.Count > before + 100 && flooding.IsCompleted);
            },
            $"the end of the flood, {load.Acked.Count - before} acked"
        );
        await stop.CancelAsync();
        await sending;
        await flooding;

        load.Refused.ShouldBeEmpty();
        (most / MiB).ShouldBeLessThan(FloodedServer.Memory);
        await server.UntilAsync(
            async () => (await server.Api.GetAsync(new Uri(server.Address, "_health/"))).IsSuccessStatusCode,
            "health"
        );
        await load.AuditAsync();
    }

    [Fact]
    public async Task Every_call_that_is_refused_is_in_the_ledger()
    {
        const uint Calls = 500;
        using var http = await RawHttp2.ConnectAsync(flooded.Grpc);
        var before = await InvalidAsync();
        var ended = 0;
        var frames = http.FramesAsync().GetAsyncEnumerator();
        for (var call = 0u; call < Calls; call++)
        {
            http.Add(RawHttp2.Headers, RawHttp2.EndHeaders, Id(call), Call);
            http.Add(RawHttp2.Data, RawHttp2.End, Id(call), [7]);
            (await http.TryFlushAsync()).ShouldBeTrue();
            // Never more at a time than may be open.
            while (call - ended >= 50 && await frames.MoveNextAsync())
            {
                ended += IsEnd(frames.Current) ? 1 : 0;
            }
        }
        while (ended < Calls && await frames.MoveNextAsync())
        {
            ended += IsEnd(frames.Current) ? 1 : 0;
        }

        ended.ShouldBe((int)Calls);
        await flooded.Process.UntilAsync(async () => await InvalidAsync() == before + Calls, "the refusals in the ledger");
    }

    [Fact]
    public async Task The_ordinary_address_does_not_speak_it()
    {
        using var http = await RawHttp2.ConnectAsync(flooded.Process.Address.Port);
        http.Add(RawHttp2.Headers, RawHttp2.EndHeaders | RawHttp2.End, 1, Page);
        await http.TryFlushAsync();

        await foreach (var (type, _, _, _) in http.FramesAsync())
        {
            type.ShouldNotBe(RawHttp2.Headers);
        }
    }

    async Task FloodAsync((int Steps, bool IsCut, Action<RawHttp2, uint> Step) flood)
    {
        const int AtOnce = 64;
        using var http = await RawHttp2.ConnectAsync(flooded.Grpc, ClosedWindow);
        for (var step = 0u; step < flood.Steps; step++)
        {
            flood.Step(http, step);
            if ((step % AtOnce == AtOnce - 1 || step == flood.Steps - 1) && !await http.TryFlushAsync())
            {
                break;
            }
        }
        if (flood.IsCut)
        {
            await foreach (var _ in http.FramesAsync())
            {
                // Until it is closed.
            }
        }
    }

    static void OpenAndReset(RawHttp2 http, uint step)
    {
        http.Add(RawHttp2.Headers, RawHttp2.EndHeaders, Id(step), Call);
        http.Add(RawHttp2.Reset, 0, Id(step), RawHttp2.Number(8));
    }

    static void OpenWithOneByte(RawHttp2 http, uint step)
    {
        http.Add(RawHttp2.Headers, RawHttp2.EndHeaders, Id(step), Call);
        http.Add(RawHttp2.Data, 0, Id(step), [0]);
    }

    static void Continue(RawHttp2 http, uint step, byte[] more)
    {
        if (step == 0)
        {
            http.Add(RawHttp2.Headers, 0, Id(0), Call);
        }
        http.Add(RawHttp2.Continuation, 0, Id(0), more);
    }

    async Task<long> InvalidAsync()
    {
        var statistics = await flooded.Process.Api.GetFromJsonAsync<JsonElement>(
            "organizations/default/stats_v2/?field=sum(quantity)&groupBy=outcome&statsPeriod=2d"
        );
        return statistics
            .GetProperty("groups")
            .EnumerateArray()
            .Where(group => group.GetProperty("by").Text("outcome") == "invalid")
            .Sum(group => group.GetProperty("totals").GetProperty("sum(quantity)").GetInt64());
    }

    /// <summary>Clients' streams have odd numbers.</summary>
    static uint Id(uint step) => 2 * step + 1;

    static bool IsEnd((byte Type, byte Flags, uint Stream, byte[] Content) frame) =>
        frame.Type is RawHttp2.Headers or RawHttp2.Data && (frame.Flags & RawHttp2.End) != 0;
}
