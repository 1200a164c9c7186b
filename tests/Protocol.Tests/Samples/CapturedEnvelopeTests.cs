using Tocsin.Protocol;
using Tocsin.Protocol.Envelopes;

namespace Protocol.Tests.Samples;

public class CapturedEnvelopeTests
{
    public static TheoryData<Capture> Envelopes => [.. Capture.OfKind("envelope")];

    [Fact]
    public void The_corpus_is_complete() => Envelopes.Count.ShouldBe(514);

    [Theory]
    [MemberData(nameof(Envelopes), DisableDiscoveryEnumeration = true)]
    public void Every_item_of_a_client_is_found(Capture capture)
    {
        var body = capture.Body();
        body.Length.ShouldBe(capture.Manifest["decoded_bytes"]!.GetValue<int>());
        Envelope.TryRead(body, new EnvelopeLimits(), out var envelope, out var refusal).ShouldBeTrue(refusal?.Cause);
        envelope
            .Items.Select(item => (item.Header.Type, item.Header.Length, item.Payload.Length))
            .ShouldBe(
                capture.Items.Select(item =>
                    (item["type"]!.GetValue<string>(), item["length"]?.GetValue<long>(), item["payload_bytes"]!.GetValue<int>())
                )
            );
        foreach (var (item, expected) in envelope.Items.Zip(capture.Items))
        {
            var keys = expected["header_keys"]!.AsArray().Select(key => key!.GetValue<string>()).ToList();
            Names(item.Header).ShouldBeSubsetOf(keys);
            keys.Except(Names(item.Header)).ShouldBeSubsetOf(["content_type"], "only a content type may be sent as null");
        }
        var header = capture.Manifest["envelope_header_keys"]!.AsArray().Select(key => key!.GetValue<string>()).ToHashSet();
        (envelope.Header.EventId is not null).ShouldBe(header.Contains("event_id"));
        (envelope.Header.Dsn is not null).ShouldBe(header.Contains("dsn"));
        (envelope.Header.SentAt is not null).ShouldBe(header.Contains("sent_at"));
        (envelope.Header.Trace is not null).ShouldBe(header.Contains("trace"));
        (envelope.Header.Sdk is not null).ShouldBe(header.Contains("sdk"));
    }

    [Fact]
    public void Chunks_of_any_size_give_the_same_items()
    {
        var random = new Random(42);
        foreach (var capture in Capture.OfKind("envelope"))
        {
            var body = capture.Body();
            var whole = Frame(body, () => body.Length);
            var pieces = Frame(body, () => random.Next(1, 1 << random.Next(1, 14)));
            pieces.ShouldBe(whole, capture.ToString());
        }
    }

    [Fact]
    public void Every_capture_authenticates_with_the_constants_of_the_corpus()
    {
        foreach (var capture in Capture.OfKind("envelope").Concat(Capture.OfKind("store")))
        {
            var headers = capture.Headers;
            if (
                !AuthHeader.TryRead(
                    headers.GetValueOrDefault("x-sentry-auth"),
                    headers.GetValueOrDefault("authorization"),
                    capture.Manifest["query"]!.GetValue<string>(),
                    null,
                    out var auth,
                    out var refusal
                )
            )
            {
                refusal.ShouldBe(Refusal.MissingAuthorization, capture.ToString());
                Envelope.TryRead(capture.Body(), new EnvelopeLimits(), out var envelope, out _).ShouldBeTrue();
                Dsn.TryParse(envelope!.Header.Dsn, out var dsn).ShouldBeTrue(capture.ToString());
                AuthHeader.TryRead(dsn!, out auth, out _).ShouldBeTrue();
            }
            auth!.PublicKey.ShouldBe("9f3c1e5a7b2d4c6e8f0a1b2c3d4e5f60", capture.ToString());
        }
    }

    static IEnumerable<string> Names(ItemHeader header)
    {
        (string Name, object? Value)[] attributes =
        [
            ("attachment_type", header.AttachmentType),
            ("content_type", header.ContentType),
            ("filename", header.Filename),
            ("item_count", header.ItemCount),
            ("length", header.Length),
            ("platform", header.Platform),
            ("type", header.Type),
        ];
        return attributes.Where(attribute => attribute.Value is not null).Select(attribute => attribute.Name);
    }

    static List<string> Frame(byte[] body, Func<int> next)
    {
        var framer = new EnvelopeFramer(new EnvelopeLimits());
        for (var start = 0; start < body.Length; )
        {
            var length = Math.Min(next(), body.Length - start);
            framer.Feed(body.AsSpan(start, length)).ShouldBeTrue();
            start += length;
        }
        framer.Finish().ShouldBeTrue();
        return [.. framer.Items.Select(item => $"{item.Header.Type} {item.Offset} {item.Length}")];
    }
}
