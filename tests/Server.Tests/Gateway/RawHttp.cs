using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Server.Tests.Gateway;

/// <summary>HTTP as bytes on a socket, for what a polite client would not send.</summary>
sealed class RawHttp(Uri address) : IDisposable
{
    readonly TcpClient client = new(address.Host, address.Port);

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await client.GetStream().WriteAsync(bytes);

    public async Task SendChunkAsync(ReadOnlyMemory<byte> chunk)
    {
        await SendAsync(chunk.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n");
        await client.GetStream().WriteAsync(chunk);
        await SendAsync("\r\n");
    }

    /// <summary>Null: the server closed the connection without an answer.</summary>
    public async Task<RawAnswer?> ReceiveAsync(TimeSpan? patience = null)
    {
        using var timeout = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(60));
        var received = new List<byte>();
        var buffer = new byte[4096];
        while (true)
        {
            if (RawAnswer.TryParse(received) is { } answer)
            {
                return answer;
            }
            int read;
            try
            {
                read = await client.GetStream().ReadAsync(buffer, timeout.Token);
            }
            catch (IOException)
            {
                return null;
            }
            if (read == 0)
            {
                return null;
            }
            received.AddRange(buffer.AsSpan(0, read));
        }
    }

    /// <summary>Without saying goodbye.</summary>
    public void Abort()
    {
        client.Client.LingerState = new(true, 0);
        client.Dispose();
    }

    public void Dispose() => client.Dispose();
}

sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Null: not complete yet.</summary>
    public static RawAnswer? TryParse(List<byte> bytes)
    {
        var text = Encoding.Latin1.GetString([.. bytes]);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }
        var lines = text[..end].Split("\r\n");
        var headers = lines
            .Skip(1)
            .Select(line => line.Split(": ", 2))
            .GroupBy(pair => pair[0], pair => pair.Length > 1 ? pair[1] : "", StringComparer.OrdinalIgnoreCase)
            .ToDictionary(header => header.Key, header => string.Join(", ", header), StringComparer.OrdinalIgnoreCase);
        var status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        var rest = text[(end + 4)..];
        if (headers.ContainsKey("Transfer-Encoding"))
        {
            return Unchunked(rest) is { } body ? new(status, headers, body) : null;
        }
        var length = int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture);
        return rest.Length < length ? null : new(status, headers, rest[..length]);
    }

    static string? Unchunked(string chunks)
    {
        var body = new StringBuilder();
        for (var at = 0; ; )
        {
            var line = chunks.IndexOf("\r\n", at, StringComparison.Ordinal);
            if (line < 0)
            {
                return null;
            }
            var size = int.Parse(chunks.AsSpan(at, line - at), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                return body.ToString();
            }
            at = line + 2 + size + 2;
            if (at > chunks.Length)
            {
                return null;
            }
            body.Append(chunks, line + 2, size);
        }
    }
}
