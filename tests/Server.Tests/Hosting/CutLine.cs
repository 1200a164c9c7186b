using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Server.Tests.Hosting;

/// <summary>
/// A line to a PostgreSQL that can be cut: what runs over it ends where it is, in the middle of a commit too, and who calls meanwhile is hung up on.
/// </summary>
sealed class CutLine : IAsyncDisposable
{
    readonly Lock gate = new();
    readonly List<Socket> ends = [];
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly NpgsqlConnectionStringBuilder target;
    readonly Task accepting;
    bool isCut;

    public CutLine(string connectionString)
    {
        target = new(connectionString);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>The same database, over this line.</summary>
    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder(target.ConnectionString)
        {
            Port = ((IPEndPoint)listener.LocalEndpoint).Port,
        }.ConnectionString;

    public void Cut()
    {
        lock (gate)
        {
            isCut = true;
            ends.ForEach(end => end.Dispose());
            ends.Clear();
        }
    }

    public void Mend()
    {
        lock (gate)
        {
            isCut = false;
        }
    }

    async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                _ = RelayAsync(await listener.AcceptSocketAsync(stop.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    async Task RelayAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            lock (gate)
            {
                if (isCut)
                {
                    return;
                }
                ends.AddRange([client, server]);
            }
            try
            {
                await server.ConnectAsync(IPAddress.Parse(target.Host!), target.Port);
                await using var near = new NetworkStream(client);
                await using var far = new NetworkStream(server);
                await await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
            }
            catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
            {
                // Cut, or one of both has hung up.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await stop.CancelAsync();
        await accepting;
        listener.Dispose();
        stop.Dispose();
    }
}
