using Protocol.Tests.Samples;
using Server.Tests.Corpus;

namespace Server.Tests.Gateway;

/// <summary>Every request that a real client was seen to send, byte for byte.</summary>
public sealed class CapturedRequestTests
{
    static readonly IReadOnlyList<SentRequest> Requests =
    [
        .. Capture.All.Where(capture => capture.Kind is not ("rest" or "other")).Select(capture => new SentRequest(capture)),
    ];

    [Fact]
    public async Task Every_captured_request_gets_the_answer_that_the_contract_asks()
    {
        await using var gateway = await SomeGateway.StartAsync();
        var wrong = new List<string>();
        foreach (var request in Requests)
        {
            var answer = await request.SendAsync(gateway.Address);
            if (answer.Status != Expected(request))
            {
                wrong.Add($"{request}: {answer.Status} {answer.Body}");
            }
        }
        wrong.ShouldBeEmpty();
        Requests.Count.ShouldBeGreaterThan(550);
        var kept = await gateway.KeptAsync();
        kept.Count.ShouldBe(Requests.Count(request => Expected(request) == 200));
        kept.ShouldAllBe(record => record.Receipt.ProjectId == SomeGateway.Project && record.Receipt.KeyId != null);
    }

    [Fact]
    public async Task A_captured_body_is_kept_as_it_was_received()
    {
        await using var gateway = await SomeGateway.StartAsync();
        var requests = Requests.Where(request => Expected(request) == 200).Take(60).ToList();
        foreach (var request in requests)
        {
            await request.SendAsync(gateway.Address);
        }
        var kept = await gateway.KeptAsync();
        kept.Select(record => Convert.ToHexString(record.Body))
            .ShouldBe(requests.Select(request => Convert.ToHexString(request.Capture.Sent())));
    }

    /// <summary>OTLP exporters that know no key of ours are not let in; all else is a success.</summary>
    static int Expected(SentRequest request) => request.Path.StartsWith("/v1/", StringComparison.Ordinal) ? 401 : 200;
}
