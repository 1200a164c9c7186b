using System.Text;
using Tocsin.Protocol;
using Tocsin.Protocol.Envelopes;

namespace Protocol.Tests.Envelopes;

public class EnvelopeLimitsTests
{
    static readonly EnvelopeLimits Small = new()
    {
        Envelope = 1000,
        Items = 12,
        Event = new(20, 1, 30),
        Attachment = new(50, 2, 60),
        Session = new(20, 3, 40),
        Log = new(100, 1, 100, 10),
        Span = new(20, 2, 30),
        SpanContainer = new(40, 1, 40, 10),
    };

    [Fact]
    public void Within_the_limits_everything_passes() =>
        Refusal(
                Item("event", 20),
                Item("attachment", 50),
                Item("session", 20),
                Item("session", 10),
                Item("sessions", 10),
                Item("unheard_of", 500)
            )
            .ShouldBeNull();

    [Fact]
    public void One_item_too_large_is_named_with_its_type() => ShouldBreak("event", Item("event", 21));

    [Fact]
    public void Without_a_length_the_payload_is_measured_as_it_passes() =>
        ShouldBreak("event", "{\"type\":\"event\"}\n" + new string('x', 21));

    [Fact]
    public void Types_that_share_a_budget_break_it_together() => ShouldBreak("feedback", Item("event", 20), Item("feedback", 11));

    [Fact]
    public void One_item_too_many_is_refused()
    {
        ShouldBreak("event", Item("event", 1), Item("event", 1));
        ShouldBreak("attachment", Item("attachment", 1), Item("attachment", 1), Item("attachment", 1));
        ShouldBreak("sessions", Item("session", 1), Item("session", 1), Item("session", 1), Item("sessions", 1));
    }

    [Fact]
    public void A_total_is_reached_by_many_small_items() =>
        ShouldBreak("session", Item("session", 20), Item("session", 20), Item("session", 1));

    [Fact]
    public void A_container_is_judged_by_its_average()
    {
        Refusal(Item("log", 20, ",\"item_count\":2")).ShouldBeNull();
        ShouldBreak("log", Item("log", 21, ",\"item_count\":2"));
    }

    [Fact]
    public void Spans_alone_and_in_a_container_have_limits_of_their_own()
    {
        const string container = ",\"content_type\":\"application/vnd.sentry.items.span.v2+json\",\"item_count\":4";
        Refusal(Item("span", 40, container), Item("span", 20), Item("span", 10)).ShouldBeNull();
        ShouldBreak("span", Item("span", 40, container), Item("span", 1, container));
        ShouldBreak("span", Item("span", 1), Item("span", 1), Item("span", 1));
    }

    [Fact]
    public void The_envelope_as_a_whole_has_a_limit() =>
        ShouldBreak("envelope", Item("unheard_of", 500), Item("unheard_of", 500));

    [Fact]
    public void Not_even_tiny_items_may_be_countless() => ShouldBreak("x", [.. Enumerable.Repeat("{\"type\":\"x\"}\n", 13)]);

    static void ShouldBreak(string type, params string[] items) =>
        Refusal(items).ShouldBe(Tocsin.Protocol.Refusal.TooLarge(type));

    [Fact]
    public void A_broken_limit_is_answered_in_Sentrys_words()
    {
        var refusal = Tocsin.Protocol.Refusal.TooLarge(ItemType.Event);
        refusal.Status.ShouldBe(413);
        refusal.Message.ShouldBe(
            "envelope exceeded size limits for type 'event' (https://develop.sentry.dev/sdk/envelopes/#size-limits)"
        );
        refusal.Reason.ShouldBe("too_large:event");
    }

    [Fact]
    public void A_type_that_a_client_made_up_is_counted_without_its_name() =>
        Refusal([.. Enumerable.Repeat("{\"type\":\"x\"}\n", 13)]).ShouldNotBeNull().Reason.ShouldBe("too_large:unknown");

    static Refusal? Refusal(params string[] items)
    {
        var framer = new EnvelopeFramer(Small);
        framer.Feed(Encoding.UTF8.GetBytes("{}\n" + string.Join('\n', items)));
        framer.Finish();
        return framer.Refusal;
    }

    static string Item(string type, int length, string more = "") =>
        $"{{\"type\":\"{type}\",\"length\":{length}{more}}}\n{new string('x', length)}";
}
