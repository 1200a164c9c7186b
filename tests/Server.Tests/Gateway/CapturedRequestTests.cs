using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Server.Tests.Gateway;

/// <summary>Every request that a real client was seen to send, byte for byte.</summary>
public sealed class CapturedRequestTests
{
    [Fact]
    public async Task Every_captured_request_gets_the_answer_that_the_contract_asks()
    {
        await using var gateway = await SomeGateway.StartAsync();
        var wrong = new List<string>();
        var sent = 0;
        foreach (var sample in Samples())
        {
            var (status, answer) = await SendAsync(gateway.Address, sample);
            sent++;
            if (status != Expected(sample))
            {
                wrong.Add($"{sample.Name}: {status} {answer}");
            }
        }
        wrong.ShouldBeEmpty();
        sent.ShouldBeGreaterThan(550);
        var kept = await gateway.KeptAsync();
        kept.Count.ShouldBe(Samples().Count(sample => Expected(sample) == 200));
        kept.ShouldAllBe(record => record.Receipt.ProjectId == SomeGateway.Project && record.Receipt.KeyId != null);
    }

    [Fact]
    public async Task A_captured_body_is_kept_as_it_was_received()
    {
        await using var gateway = await SomeGateway.StartAsync();
        var samples = Samples().Where(sample => Expected(sample) == 200).Take(60).ToList();
        foreach (var sample in samples)
        {
            await SendAsync(gateway.Address, sample);
        }
        var kept = await gateway.KeptAsync();
        kept.Select(record => Convert.ToHexString(record.Body))
            .ShouldBe(samples.Select(sample => Convert.ToHexString(sample.Body)));
    }

    /// <summary>OTLP exporters that know no key of ours are not let in; all else is a success.</summary>
    static int Expected(Sample sample) =>
        sample.Path.StartsWith("/v1/", StringComparison.Ordinal) && !sample.Headers.Contains("x-sentry-auth") ? 401 : 200;

    static async Task<(int Status, string Body)> SendAsync(Uri address, Sample sample)
    {
        using var http = new RawHttp(address);
        var head = new StringBuilder($"{sample.Method} {sample.Url} HTTP/1.1\r\n");
        for (var i = 0; i < sample.RawHeaders.Count; i += 2)
        {
            if (!sample.RawHeaders[i].Equals("expect", StringComparison.OrdinalIgnoreCase))
            {
                head.Append(sample.RawHeaders[i]).Append(": ").Append(sample.RawHeaders[i + 1]).Append("\r\n");
            }
        }
        await http.SendAsync(head.Append("\r\n").ToString());
        if (sample.Headers.Contains("transfer-encoding"))
        {
            for (var from = 0; from < sample.Body.Length; from += 1000)
            {
                await http.SendChunkAsync(sample.Body.AsMemory(from, Math.Min(1000, sample.Body.Length - from)));
            }
            await http.SendAsync("0\r\n\r\n");
        }
        else
        {
            await http.SendAsync(sample.Body);
        }
        var answer = (await http.ReceiveAsync()).ShouldNotBeNull(sample.Name);
        return (answer.Status, answer.Body);
    }

    static IEnumerable<Sample> Samples() =>
        Directory
            .EnumerateFiles(Root(), "*.json", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "manifest.json")
            .Order(StringComparer.Ordinal)
            .Select(Sample.Read)
            .Where(sample => sample.IsIngestion);

    static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "samples"));

    sealed record Sample(
        string Name,
        string Method,
        string Url,
        string Path,
        IReadOnlyList<string> RawHeaders,
        IReadOnlySet<string> Headers,
        byte[] Body
    )
    {
        public bool IsIngestion =>
            Path is "/tunnel"
            || Path.StartsWith("/v1/", StringComparison.Ordinal)
            || Path.StartsWith("/api/42/", StringComparison.Ordinal);

        public static Sample Read(string file)
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = json.RootElement;
            var body = System.IO.Path.ChangeExtension(file, ".bin");
            return new(
                $"{System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(file))}/{System.IO.Path.GetFileName(file)}",
                root.GetProperty("method").GetString()!,
                root.GetProperty("url").GetString()!,
                root.GetProperty("path").GetString()!,
                [.. root.GetProperty("rawHeaders").EnumerateArray().Select(value => value.GetString()!)],
                root.GetProperty("headers").EnumerateObject().Select(header => header.Name).ToHashSet(),
                File.Exists(body) ? File.ReadAllBytes(body) : []
            );
        }
    }
}
