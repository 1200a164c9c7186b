using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bench.Load;

/// <summary>One connection to a server, by hand: a client library would cost more of the two processors than some of the servers do.</summary>
sealed class Sender(Destination to) : IDisposable
{
    readonly string head =
        $"POST /api/{to.Project}/envelope/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-sentry-envelope\r\nContent-Encoding: gzip\r\n"
        + $"X-Sentry-Auth: Sentry sentry_version=7, sentry_client=bench/1.0, sentry_key={to.Key}\r\nContent-Length: ";

    readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly byte[] answer = new byte[8192];
    readonly List<ArraySegment<byte>> parts = [];

    public async Task ConnectAsync(int port) => await socket.ConnectAsync(IPAddress.Loopback, port);

    /// <summary>The status of the answer.</summary>
    public async Task<int> SendAsync(byte[] begin, byte[] rest)
    {
        Lay(begin, rest);
        await socket.SendAsync(parts);
        var filled = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(filled));
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }
            filled += read;
            if (IsWhole(answer.AsSpan(0, filled), out var status))
            {
                return status;
            }
        }
    }

    /// <summary>On the caller's thread from the first byte to the last: nothing else of this process is waited for.</summary>
    public int Send(byte[] begin, byte[] rest)
    {
        Lay(begin, rest);
        socket.Send(parts);
        var filled = 0;
        while (true)
        {
            var read = socket.Receive(answer.AsSpan(filled));
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }
            filled += read;
            if (IsWhole(answer.AsSpan(0, filled), out var status))
            {
                return status;
            }
        }
    }

    void Lay(byte[] begin, byte[] rest)
    {
        parts.Clear();
        var length = (begin.Length + rest.Length).ToString(CultureInfo.InvariantCulture);
        parts.Add(Encoding.ASCII.GetBytes($"{head}{length}\r\n\r\n"));
        parts.Add(begin);
        parts.Add(rest);
    }

    static bool IsWhole(ReadOnlySpan<byte> bytes, out int status)
    {
        status = 0;
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0 || !Utf8Parser.TryParse(bytes[9..], out status, out _))
        {
            return false;
        }
        var at = bytes[..end].IndexOf("Content-Length: "u8);
        return at >= 0 && Utf8Parser.TryParse(bytes[(at + 16)..], out int length, out _) && bytes.Length >= end + 4 + length;
    }

    public void Dispose() => socket.Dispose();
}

/// <summary>The project that a load is for.</summary>
sealed record Destination(long Project, string Key)
{
    /// <summary>The one that a served process begins with.</summary>
    public static Destination First { get; } = new(42, "9f3c1e5a7b2d4c6e8f0a1b2c3d4e5f60");
}
