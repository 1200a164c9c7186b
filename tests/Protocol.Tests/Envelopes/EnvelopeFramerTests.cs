using System.Text;
using Tocsin.Protocol.Envelopes;

namespace Protocol.Tests.Envelopes;

public class EnvelopeFramerTests
{
    [Fact]
    public void Items_with_and_without_a_length_are_found_where_they_lie()
    {
        var frame = Good(
            """{"event_id":"9ec79c33ec9942ab8353589fcb2e04dc"}"""
                + "\n"
                + """{"type":"attachment","length":7,"filename":"a.txt"}""",
            "one\ntwo",
            """{"type":"event"}""",
            """{"message":"hi"}""" + "\r",
            ""
        );
        frame.Header!.EventId.ToString().ShouldBe("9ec79c33ec9942ab8353589fcb2e04dc");
        frame.Items.Select(item => item.Header.Type).ShouldBe(["attachment", "event"]);
        frame.Items[0].Header.Filename.ShouldBe("a.txt");
        frame.Items.Select(item => item.Length).ShouldBe([7, 17]);
        frame.Items[0].Offset.ShouldBe(100);
        frame.Items[1].Offset.ShouldBe(100 + 7 + 1 + 16 + 1);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{}\n")]
    [InlineData("{}\n\n\n\n")]
    [InlineData("{ \"sdk\" : null }")]
    public void An_envelope_without_items_is_valid(string body) => Good(body).Items.ShouldBeEmpty();

    [Theory]
    [InlineData("{}\n{\"type\":\"attachment\",\"length\":0}")]
    [InlineData("{}\n{\"type\":\"attachment\",\"length\":0}\n")]
    [InlineData("{}\n{\"type\":\"attachment\",\"length\":0}\n\n")]
    [InlineData("{}\n{\"type\":\"attachment\"}")]
    [InlineData("{}\n{\"type\":\"attachment\"}\n")]
    [InlineData("{}\n{\"type\":\"attachment\"}\n\n")]
    [InlineData("{}\n{\"type\":\"attachment\",\"length\":null}\n\n\n\n")]
    public void An_empty_payload_lies_inside_the_body_also_at_its_end(string body)
    {
        var item = Good(body).Items.ShouldHaveSingleItem();
        item.Length.ShouldBe(0);
        item.Offset.ShouldBeLessThanOrEqualTo(body.Length);
    }

    [Theory]
    [InlineData("", "missing envelope header")]
    [InlineData("\n", "missing envelope header")]
    [InlineData("nonsense", "invalid envelope header")]
    [InlineData("[]", "invalid envelope header")]
    [InlineData("{\"a\":1", "invalid envelope header")]
    [InlineData(" {}", "invalid envelope header")]
    [InlineData("{}\r\n", "invalid envelope header")]
    [InlineData("{}{}", "invalid envelope header")]
    [InlineData("{\"event_id\":\"zzz\"}", "invalid envelope header")]
    [InlineData("{\"sent_at\":\"2026-11-20T18:00:52Z\",\"sent_at\":\"2026-11-20T18:00:52Z\"}", "invalid envelope header")]
    [InlineData("{}\nnonsense\n{}", "invalid item header")]
    [InlineData("{}\n{}\n{}", "invalid item header")]
    [InlineData("{}\n{\"type\":7}\n{}", "invalid item header")]
    [InlineData("{}\n{\"type\":\"integration\"}\n{}", "invalid item header")]
    [InlineData("{}\n{\"type\":\"event\",\"length\":\"2\"}\n{}", "invalid item header")]
    [InlineData("{}\n{\"type\":\"event\",\"length\":-2}\n{}", "invalid item header")]
    [InlineData("{}\n{\"type\":\"event\",\"length\":2,\"length\":3}\n{}", "invalid item header")]
    [InlineData("{}\n\n{\"type\":\"event\"}\n{}", "invalid item header")]
    [InlineData("{}\n{\"type\":\"event\",\"length\":3}\n{}", "unexpected end of file")]
    [InlineData("{}\n{\"type\":\"event\",\"length\":3}", "unexpected end of file")]
    [InlineData("{}\n{\"type\":\"event\",\"length\":1}\n{}", "missing newline after header or payload")]
    [InlineData("{}\n{\"type\":\"event\",\"length\":2}\n{} ", "missing newline after header or payload")]
    public void A_broken_envelope_is_refused_with_its_cause(string body, string cause)
    {
        var refusal = Frame(Encoding.UTF8.GetBytes(body), new EnvelopeLimits(), int.MaxValue).Refusal.ShouldNotBeNull();
        refusal.Status.ShouldBe(400);
        refusal.Message.ShouldBe("invalid event envelope");
        refusal.Cause.ShouldBe(cause);
    }

    [Fact]
    public void A_header_line_may_not_go_on_for_ever()
    {
        var limits = new EnvelopeLimits { HeaderLine = 100 };
        var fits = "{\"a\":\"" + new string('x', 92) + "\"}";
        Frame(Encoding.UTF8.GetBytes(fits), limits, 7).Refusal.ShouldBeNull();
        Frame(Encoding.UTF8.GetBytes(fits.Replace("\"}", "x\"}", StringComparison.Ordinal)), limits, 7)
            .Refusal!.Cause.ShouldBe("header line too long");
    }

    [Fact]
    public void Sloppy_headers_cost_nothing()
    {
        var frame = Good(
            """{"sent_at":"2026-11-20T18:00:52.6043324+00:00","dsn":null,"tomorrow":{"x":[1]},"trace":"broken","sdk":{"name":"s","packages":null}}""",
            """{"content_type":null,"type":"attachment","length":2,"filename":7,"future":true}""",
            "ab"
        );
        frame.Header!.SentAt.ShouldBe(new DateTimeOffset(2026, 11, 20, 18, 0, 52, TimeSpan.Zero).AddTicks(6043320));
        frame.Header.Dsn.ShouldBeNull();
        frame.Header.Trace.ShouldBeNull();
        frame.Header.Sdk!.Name.ShouldBe("s");
        Encoding.UTF8.GetString(frame.Header.Attribute("tomorrow")).ShouldBe("""{"x":[1]}""");
        var header = frame.Items.ShouldHaveSingleItem().Header;
        header.ContentType.ShouldBeNull();
        header.Filename.ShouldBe("7");
        header.Others!.ToJsonString().ShouldBe("""{"future":true}""");
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_do_not_break_a_header()
    {
        byte[] body = [.. "{\"dsn\":\"a"u8, 0xFF, .. "\"}\n{\"type\":\"event\",\"x\":\""u8, 0xC3, .. "\"}\n{}"u8];
        var frame = Frame(body, new EnvelopeLimits(), int.MaxValue);
        frame.Refusal.ShouldBeNull();
        frame.Header!.Dsn.ShouldBe("a\uFFFD");
    }

    [Fact]
    public void Unreadable_send_times_count_as_absent() => Good("""{"sent_at":"soon"}""").Header!.SentAt.ShouldBeNull();

    [Fact]
    public void Items_that_make_an_event_are_counted()
    {
        var frame = Good("{}", """{"type":"event"}""", "{}", """{"type":"transaction"}""", "{}", """{"type":"session"}""", "{}");
        frame.EventLikeItems.ShouldBe(2);
    }

    [Fact]
    public void The_payloads_of_a_body_in_memory_are_its_slices()
    {
        var body = Encoding.UTF8.GetBytes("{}\n{\"type\":\"attachment\",\"length\":2}\nab\n{\"type\":\"event\"}\n{}");
        Envelope.TryRead(body, new EnvelopeLimits(), out var envelope, out _).ShouldBeTrue();
        envelope.Items.Select(item => Encoding.UTF8.GetString(item.Payload.Span)).ShouldBe(["ab", "{}"]);
        Envelope.TryRead(Encoding.UTF8.GetBytes("x"), new EnvelopeLimits(), out _, out var refusal).ShouldBeFalse();
        refusal!.Cause.ShouldBe("invalid envelope header");
    }

    [Fact]
    public void Any_chunking_finds_the_same()
    {
        string[] bodies =
        [
            "{}\n{\"type\":\"attachment\",\"length\":5}\na\nb\nc\n{\"type\":\"event\"}\n{\"x\":1}\n\n\n",
            "{}\n{\"type\":\"attachment\",\"length\":0}",
            "{}\n{\"type\":\"attachment\",\"length\":2}\nabc",
            "{}\n{\"type\":\"log\"}\n" + new string('x', 40) + "\n{\"type\":\"event\"}",
            "{}\n{\"type\":\"event\"}\n" + new string('x', 80),
            "{}\n\n\nx",
            "{\"sdk\":{}}\nnonsense",
        ];
        var limits = new EnvelopeLimits
        {
            Envelope = 90,
            HeaderLine = 40,
            Event = new(30, 1, 30),
        };
        foreach (var body in bodies.Select(Encoding.UTF8.GetBytes))
        {
            var whole = Frame(body, limits, int.MaxValue);
            for (var chunk = 1; chunk < body.Length; chunk++)
            {
                var pieces = Frame(body, limits, chunk);
                pieces.Refusal.ShouldBe(whole.Refusal);
                pieces.Items.Select(Describe).ShouldBe(whole.Items.Select(Describe));
            }
        }
    }

    static string Describe(ItemFrame item) => $"{item.Header.Type} {item.Offset} {item.Length}";

    static EnvelopeFramer Good(params string[] lines)
    {
        var framer = Frame(Encoding.UTF8.GetBytes(string.Join('\n', lines)), new EnvelopeLimits(), int.MaxValue);
        framer.Refusal.ShouldBeNull();
        return framer;
    }

    static EnvelopeFramer Frame(byte[] body, EnvelopeLimits limits, int chunk)
    {
        var framer = new EnvelopeFramer(limits);
        for (var start = 0; start < body.Length; start += Math.Min(chunk, body.Length - start))
        {
            framer.Feed(body.AsSpan(start, Math.Min(chunk, body.Length - start)));
        }
        framer.Finish();
        return framer;
    }
}
