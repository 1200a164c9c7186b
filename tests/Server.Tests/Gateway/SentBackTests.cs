using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tocsin.Journal;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Gateway;

/// <summary>Who is sent back with 503 comes again with all of it: until it is kept, nothing of it counts.</summary>
public sealed class SentBackTests : IAsyncLifetime
{
    const string Event = "{}\n{\"type\":\"event\"}\n{}\n";
    const string Session = "{\"type\":\"session\"}\n{}\n";

    SomeGateway gateway = null!;

    bool IsAway
    {
        set => gateway.Services.GetRequiredService<Journal>().ShouldBeOfType<AwayJournal>().IsAway = value;
    }

    [Fact]
    public async Task What_is_taken_out_of_an_envelope_counts_once_however_often_the_rest_is_sent_back()
    {
        await gateway.LimitKeyAsync(1, 600);
        await gateway.SendAsync(Event);

        IsAway = true;
        var first = await gateway.SendAsync(Event + Session);
        var second = await gateway.SendAsync(Event + Session);
        IsAway = false;
        var third = await gateway.SendAsync(Event + Session);

        first.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        second.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        third.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await gateway.KeptAsync()).Select(record => string.Join(' ', record.Receipt.Refused)).ShouldBe(["", "0"]);
        var count = (await gateway.RefusedAsync()).ShouldHaveSingleItem();
        (count.Outcome, count.Reason, count.Category, count.Quantity).ShouldBe(
            (OutcomeKind.RateLimited, "key_quota", "error", 1)
        );
    }

    [Fact]
    public async Task Reports_that_are_sent_back_find_the_room_that_they_had()
    {
        await gateway.LimitKeyAsync(2, 600);

        IsAway = true;
        var first = await PostReportsAsync();
        var second = await PostReportsAsync();
        IsAway = false;
        var third = await PostReportsAsync();

        first.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        second.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        third.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.KeptAsync()).ShouldHaveSingleItem().Receipt.Refused.ShouldBe([2]);
        var count = (await gateway.RefusedAsync()).ShouldHaveSingleItem();
        (count.Reason, count.Category, count.Quantity).ShouldBe(("key_quota", "security", 1));
    }

    [Fact]
    public async Task An_event_that_is_sent_back_costs_its_key_nothing()
    {
        await gateway.LimitKeyAsync(1, 600);

        IsAway = true;
        await gateway.SendAsync(Event);
        await gateway.SendAsync(Event);
        IsAway = false;

        (await gateway.SendAsync(Event)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.SendAsync(Event)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    public async ValueTask InitializeAsync() => gateway = await SomeGateway.StartAsync(around: inner => new AwayJournal(inner));

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    Task<HttpResponseMessage> PostReportsAsync() =>
        gateway.PostAsync("/api/42/security/", "[{},{},{}]"u8.ToArray(), ("X-Sentry-Auth", SomeGateway.Auth));
}
