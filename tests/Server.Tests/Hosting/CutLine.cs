using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Server.Tests.Hosting;

/// <summary>
/// A line to a PostgreSQL that can be cut: what runs over it ends where it is, in the middle of a commit too, and who calls meanwhile is hung up on.
/// </summary>
sealed class CutLine : IAsyncDisposable
{
    readonly Lock _gate = new();
    readonly List<Socket> _ends = [];
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly NpgsqlConnectionStringBuilder _target;
    readonly Task _accepting;
    bool _isCut;

    public CutLine(string connectionString)
    {
        _target = new(connectionString);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The same database, over this line.</summary>
    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder(_target.ConnectionString)
        {
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        }.ConnectionString;

    public void Cut()
    {
        lock (_gate)
        {
            _isCut = true;
            _ends.ForEach(end => end.Dispose());
            _ends.Clear();
        }
    }

    public void Mend()
    {
        lock (_gate)
        {
            _isCut = false;
        }
    }

    async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = RelayAsync(await _listener.AcceptSocketAsync(_stop.Token));
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
            lock (_gate)
            {
                if (_isCut)
                {
                    return;
                }
                _ends.AddRange([client, server]);
            }
            try
            {
                await server.ConnectAsync(IPAddress.Parse(_target.Host!), _target.Port);
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
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }
}
