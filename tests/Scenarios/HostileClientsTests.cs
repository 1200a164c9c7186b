using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Scenarios;

/// <summary>
/// Clients that want to bring the server down by holding on to it, beside clients that want to send: the latter get their answers, memory stays
/// within what the operator allowed, and whoever only holds on is cut off.
/// </summary>
public sealed class HostileClientsTests
{
    const int MiB = 1 << 20;
    const int Memory = 768;

    /// <summary>As many as fit into the handles that each of both processes may have.</summary>
    static readonly int Each = Math.Min(2_000, (MostHandles() - 1_000) / 5);
    static readonly int Idle = Math.Min(10_000, MostHandles() - 1_000 - 3 * Each);
    const string Head = $"POST /api/42/envelope/?sentry_key={ServerProcess.Key} HTTP/1.1\r\nHost: x\r\n";

    [Fact]
    public async Task Thousands_of_clients_that_hold_on_cost_the_others_nothing()
    {
        await using var server = await ServerProcess.StartAsync(
            ("TOCSIN_MEMORY", $"{Memory}"),
            ("TOCSIN_ADDRESS_CONNECTIONS", "0")
        );
        using var stop = new CancellationTokenSource();
        var load = new EventLoad(server);
        var sending = load.RunAsync(senders: 4, stop.Token);
        await UntilAsync(() => load.Acked.Count > 500, () => $"{load.Acked.Count} acked");
        var (alone, before) = (load.Acks, load.Acked.Count);
        load.Acks = new();
        var idle = await ConnectAsync(server, Idle, "");
        var loris = await ConnectAsync(server, Each, Head + "X-Slow: ");
        var halfOpen = await ConnectAsync(server, Each, Head + "Content-Length: 1000\r\n\r\n{}\n");
        var dripping = await ConnectAsync(server, Each, Head + "Content-Length: 100000\r\n\r\n");
        List<Socket> all = [.. idle, .. loris, .. halfOpen, .. dripping];
        try
        {
            var drips = DripAsync(dripping, stop.Token);
            var most = 0L;

            await UntilAsync(
                () =>
                {
                    most = Math.Max(most, server.Resident);
                    return load.Acked.Count > before + 500 && all.TrueForAll(IsClosed);
                },
                () => $"{all.Count(socket => !IsClosed(socket))} of {all.Count} still hold on, {load.Acked.Count - before} acked"
            );
            await stop.CancelAsync();
            await Task.WhenAll(sending, drips);

            // The clock of a busy machine judges nothing; whoever asks finds it here.
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{idle.Count} idle, {all.Count - idle.Count} that hold on otherwise, {most / MiB} MiB; "
                    + $"ack p99 {alone.At(0.99):F1} ms before, {load.Acks.At(0.99):F1} ms beside them"
            );
            load.Refused.ShouldBeEmpty();
            (most / MiB).ShouldBeLessThan(Memory);
            await load.AuditAsync();
        }
        finally
        {
            all.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task More_than_it_can_digest_is_kept_or_sent_back_and_memory_stays_bounded()
    {
        await using var server = await ServerProcess.StartAsync(("TOCSIN_MEMORY", $"{Memory}"));
        var load = new EventLoad(server);
        using var stop = new CancellationTokenSource();
        var sending = load.RunAsync(senders: 128, stop.Token);
        var most = 0L;

        await UntilAsync(
            () =>
            {
                most = Math.Max(most, server.Resident);
                return load.Acked.Count > 5_000;
            },
            () => $"{load.Acked.Count} acked"
        );
        await stop.CancelAsync();
        await sending;

        load.Refused.Keys.ShouldBeSubsetOf([HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable]);
        (most / MiB).ShouldBeLessThan(Memory);
        await load.AuditAsync();
    }

    static async Task<List<Socket>> ConnectAsync(ServerProcess server, int clients, string beginning)
    {
        var sockets = new List<Socket>();
        for (var i = 0; i < clients; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            sockets.Add(socket);
            await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port);
            if (beginning.Length > 0)
            {
                await socket.SendAsync(Encoding.ASCII.GetBytes(beginning));
            }
        }
        return sockets;
    }

    static int MostHandles()
    {
        const string Limits = "/proc/self/limits";
        const string Line = "Max open files";
        return
            File.Exists(Limits)
            && File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal)) is { } line
            && int.TryParse(line[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], out var most)
            ? most
            : 4_096;
    }

    /// <summary>A byte a second to each.</summary>
    static async Task DripAsync(IReadOnlyList<Socket> sockets, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var socket in sockets)
            {
                try
                {
                    await socket.SendAsync(new byte[] { (byte)'x' }, SocketFlags.None, CancellationToken.None);
                }
                catch (SocketException)
                {
                    // Cut off, as it should be.
                }
            }
            await Task.Delay(TimeSpan.FromSeconds(1), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Also behind an answer such as 408.</summary>
    static bool IsClosed(Socket socket)
    {
        var rest = new byte[1024];
        try
        {
            while (socket.Poll(0, SelectMode.SelectRead))
            {
                if (socket.Receive(rest) == 0)
                {
                    return true;
                }
            }
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    static async Task UntilAsync(Func<bool> condition, Func<string> what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!condition())
        {
            patience.IsCancellationRequested.ShouldBeFalse(what());
            await Task.Delay(200, CancellationToken.None);
        }
    }
}
