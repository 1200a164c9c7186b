using System.Globalization;
using System.Text;
using Protocol.Tests.Samples;
using Server.Tests.Gateway;

namespace Server.Tests.Corpus;

/// <summary>A captured request on the wire again: the same line, headers in the same order and letters, the same bytes, chunked if it was.</summary>
sealed class SentRequest
{
    const int Chunk = 1000;

    readonly IReadOnlyList<string> headers;
    readonly bool chunked;

    /// <param name="capture">The request.</param>
    /// <param name="more">Headers beside the captured ones, name after value.</param>
    public SentRequest(Capture capture, params IEnumerable<string> more)
    {
        var head = capture.Head;
        Capture = capture;
        Method = head["method"]!.GetValue<string>();
        Url = head["url"]!.GetValue<string>();
        Path = head["path"]!.GetValue<string>();
        At = DateTimeOffset.Parse(head["at"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        headers = [.. head["rawHeaders"]!.AsArray().Select(text => text!.GetValue<string>()), .. more];
        chunked = head["headers"]!["transfer-encoding"] is not null;
    }

    /// <summary>Of an exporter that was captured with another server's key.</summary>
    public static bool IsForeign(Capture capture) => capture.Case is "otlp-js-json" or "otlp-js-proto";

    /// <summary>Foreign ones are given our key.</summary>
    public static SentRequest WithKey(Capture capture) =>
        IsForeign(capture) ? new(capture, "X-Sentry-Auth", $"Sentry sentry_key={WholeServer.Key}") : new(capture);

    public Capture Capture { get; }
    public string Method { get; }
    public string Url { get; }
    public string Path { get; }

    /// <summary>When it was captured.</summary>
    public DateTimeOffset At { get; }

    public async Task<RawAnswer> SendAsync(Uri address)
    {
        using var http = new RawHttp(address);
        var head = new StringBuilder($"{Method} {Url} HTTP/1.1\r\n");
        foreach (var pair in headers.Chunk(2))
        {
            head.Append(pair[0]).Append(": ").Append(pair[1]).Append("\r\n");
        }
        await http.SendAsync(head.Append("\r\n").ToString());
        var body = Capture.Sent();
        if (chunked)
        {
            for (var from = 0; from < body.Length; from += Chunk)
            {
                await http.SendChunkAsync(body.AsMemory(from, Math.Min(Chunk, body.Length - from)));
            }
            await http.SendAsync("0\r\n\r\n");
        }
        else
        {
            await http.SendAsync(body);
        }
        return (await http.ReceiveAsync()).ShouldNotBeNull($"{this} got no answer");
    }

    public override string ToString() => Capture.ToString();
}
