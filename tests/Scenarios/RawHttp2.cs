using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Scenarios;

/// <summary>HTTP/2 as frames on a socket without TLS, for what a polite client would not send. Every write that the server does not take ends it.</summary>
sealed class RawHttp2 : IDisposable
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte Reset = 3;
    public const byte Settings = 4;
    public const byte Ping = 6;
    public const byte GoAway = 7;
    public const byte WindowUpdate = 8;
    public const byte Continuation = 9;

    /// <summary>Of data and of headers: the last on their stream. Of settings and pings: an answer to such a frame.</summary>
    public const byte End = 1;
    public const byte EndHeaders = 4;

    /// <summary>How long a server that reads no more is written to: it defends itself by not reading, and then nothing more will happen.</summary>
    static readonly TimeSpan Stalled = TimeSpan.FromSeconds(5);

    readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly List<byte> pending = [];

    public static async Task<RawHttp2> ConnectAsync(int port, params byte[] settings)
    {
        var http = new RawHttp2();
        await http.socket.ConnectAsync(IPAddress.Loopback, port);
        http.pending.AddRange("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
        http.Add(Settings, 0, 0, settings);
        return http;
    }

    /// <summary>A header block: literals without an index and without Huffman's code.</summary>
    public static byte[] Block(params IEnumerable<(string Name, string Value)> headers)
    {
        var block = new List<byte>();
        foreach (var (name, value) in headers)
        {
            block.Add(0);
            foreach (var text in (string[])[name, value])
            {
                // Seven bits of length, and one byte more of it.
                block.AddRange(text.Length < 127 ? [(byte)text.Length] : [127, (byte)(text.Length - 127)]);
                block.AddRange(Encoding.ASCII.GetBytes(text));
            }
        }
        return [.. block];
    }

    /// <summary>Four bytes, as a reset, a window's update and the half of a ping carry them.</summary>
    public static byte[] Number(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }

    /// <summary>Written with what was added before it when <see cref="TryFlushAsync"/> is called.</summary>
    public void Add(byte type, byte flags, uint stream, ReadOnlySpan<byte> content)
    {
        pending.AddRange([(byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, type, flags]);
        pending.AddRange(Number(stream));
        pending.AddRange(content);
    }

    /// <summary>False: the server has closed the connection, or does not read from it any more.</summary>
    public async Task<bool> TryFlushAsync()
    {
        using var patience = new CancellationTokenSource(Stalled);
        try
        {
            for (ReadOnlyMemory<byte> rest = pending.ToArray(); rest.Length > 0; )
            {
                rest = rest[await socket.SendAsync(rest, patience.Token)..];
            }
            pending.Clear();
            return true;
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>What the server sends, until it closes the connection.</summary>
    public async IAsyncEnumerable<(byte Type, byte Flags, uint Stream, byte[] Content)> FramesAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var head = new byte[9];
        while (await TryFillAsync(head, patience.Token))
        {
            var content = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
            if (!await TryFillAsync(content, patience.Token))
            {
                break;
            }
            yield return (head[3], head[4], BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(5)), content);
        }
    }

    public void Dispose() => socket.Dispose();

    async Task<bool> TryFillAsync(Memory<byte> buffer, CancellationToken patience)
    {
        try
        {
            while (buffer.Length > 0)
            {
                var read = await socket.ReceiveAsync(buffer, patience);
                if (read == 0)
                {
                    return false;
                }
                buffer = buffer[read..];
            }
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
