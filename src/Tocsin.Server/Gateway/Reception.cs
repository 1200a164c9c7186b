using Microsoft.AspNetCore.Http.Features;
using Tocsin.Journal;
using Tocsin.Protocol;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Gateway.Doors;
using Tocsin.Server.Gateway.Quotas;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Gateway;

/// <summary>
/// From a client's request to a durable record. It does what must happen before the answer and nothing else: it knows who sends,
/// how much, and where the items lie, not what they say.
/// </summary>
sealed class Reception(
    Admission admission,
    QuotaBook quotas,
    FairShare fair,
    DoorKeeper doors,
    RefusalLedger ledger,
    Journal.Journal journal,
    BodyBudget budget,
    Turns turns,
    GatewayOptions options,
    GatewayMeter meter,
    TimeProvider time
)
{
    /// <summary>The project's bodies fill its share of the memory: they come more slowly than they are begun.</summary>
    static readonly QuotaHit InFlight = new("project", "", "in_flight", TimeSpan.FromSeconds(5));

    public async Task HandleAsync(HttpContext http, IngestRoute route)
    {
        CrossOrigin.Allow(http.Response.Headers);
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            CrossOrigin.AllowPreflight(http.Response.Headers);
            return;
        }
        if (route.IsGrpc && !http.Response.SupportsTrailers())
        {
            await Answers.RefuseAsync(http.Response, Refusals.NeedsHttp2);
            return;
        }
        if (!route.Takes(http.Request.Method))
        {
            http.Response.Headers.Allow = route.TakesGet ? "GET, POST, OPTIONS" : "POST, OPTIONS";
            await Answers.RefuseAsync(http, route, Refusals.WrongMethod);
            return;
        }
        TakeOverLimits(http);
        using var arrival = new Arrival(http, route, Microseconds.Now(time), options, budget, turns);
        try
        {
            await TakeAsync(arrival);
        }
        catch (JournalUnavailableException)
        {
            await RefuseAsync(arrival, Refusals.Unavailable);
        }
        catch (Exception gone)
            when (http.RequestAborted.IsCancellationRequested && gone is OperationCanceledException or IOException)
        {
            return;
        }
        catch (IOException broken)
        {
            // The body came too slowly, ended too early or was badly chunked: nothing was received, so nothing is counted.
            var status = (broken as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
            await Answers.RefuseAsync(http, route, new(status, broken.Message, "payload"), arrival.Form);
        }
        meter.Answered(arrival.Door, http.Response.StatusCode);
    }

    /// <summary>The web server's one limit for all routes is not ours, and its refusal is nothing a client can read.</summary>
    static void TakeOverLimits(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }

    async Task TakeAsync(Arrival arrival)
    {
        var (http, route) = (arrival.Http, arrival.Route);
        // 1. Who sends? An envelope may say so itself, in its first line.
        var refusal = admission.Admit(arrival);
        if (refusal is not null && !(refusal == Refusal.MissingAuthorization && arrival.Door == Door.Envelope))
        {
            await RefuseAsync(arrival, refusal);
            return;
        }
        // 2. What can be refused unread?
        refusal = DoorKeeper.RefuseUnread(arrival);
        if (refusal is not null)
        {
            await RefuseAsync(arrival, refusal);
            return;
        }
        arrival.Spent = Spent(arrival);
        if (arrival.Spent is not null)
        {
            await LimitAsync(arrival, arrival.Spent);
            return;
        }
        // 3. Receive, and when it is this project's turn decode and frame in one pass within the limits; then judge: origin, quota, event id.
        (var judgement, refusal) = await doors.ReadAsync(arrival);
        // 4. Make it durable.
        if (judgement is { Keep: true })
        {
            await AppendAsync(arrival, judgement);
        }
        Count(arrival, judgement);
        arrival.GiveTurn();
        // 5. Answer.
        if (judgement is null)
        {
            await (arrival.Spent is { } spent ? LimitAsync(arrival, spent) : RefuseAsync(arrival, refusal!));
            return;
        }
        if (judgement.Hit is { } hit && !route.IsNeverLimited)
        {
            await Answers.LimitAsync(http, route, hit, arrival.Form);
            return;
        }
        if (quotas.Error(arrival.Sender!.Value) is { } limit && !route.IsNeverLimited)
        {
            Answers.TellLimit(http.Response, limit);
        }
        await Answers.AckAsync(http, route, judgement.Id, judgement.Tally, arrival.Form);
    }

    QuotaHit? Spent(Arrival arrival) =>
        arrival.Sender is not { } sender ? null
        : arrival.Memory.IsSpent ? InFlight
        : fair.Refuse(sender.Project.Id) is { } backlog ? backlog
        : quotas.TryTakeRequest(sender) is { } requests ? requests
        : arrival.Route.IsError ? quotas.Error(sender)
        : null;

    async ValueTask AppendAsync(Arrival arrival, Judgement judgement)
    {
        await arrival.TakeTurnAsync();
        var started = time.GetTimestamp();
        var body = arrival.Body!;
        var record = ReceiptFormat.Write(arrival.ToReceipt(judgement.Id, judgement.Refused), body.ToSequence());
        try
        {
            // Not the request's token: a client that leaves now has still sent, and the journal reads our memory until it is done.
            await journal.AppendAsync(record, CancellationToken.None);
        }
        catch (JournalUnavailableException)
        {
            quotas.GiveErrors(arrival.Sender!.Value, judgement.Tokens);
            throw;
        }
        fair.Took(arrival.Sender!.Value.Project.Id, body.Length);
        meter.Appended(body.Length, time.GetElapsedTime(started));
    }

    void Count(Arrival arrival, Judgement? judgement)
    {
        foreach (var (outcome, category, quantity) in judgement?.Losses ?? [])
        {
            var (project, key) = arrival.Sender!.Value;
            ledger.Count(project.Id, key.Id, outcome, category, quantity);
        }
    }

    Task LimitAsync(Arrival arrival, QuotaHit hit)
    {
        var (project, key) = arrival.Sender!.Value;
        ledger.Count(project.Id, key.Id, Outcome.RateLimited(hit.Reason), arrival.Route.Category);
        return arrival.Route.IsNeverLimited
            ? Answers.AckAsync(arrival.Http, arrival.Route, EventId.New())
            : Answers.LimitAsync(arrival.Http, arrival.Route, hit, arrival.Form);
    }

    Task RefuseAsync(Arrival arrival, Refusal refusal)
    {
        // Who is asked to come back has lost nothing yet.
        if (arrival.Account is { } account && refusal.Status != StatusCodes.Status503ServiceUnavailable)
        {
            ledger.Count(account.ProjectId, account.KeyId, Outcome.Invalid(refusal.Reason), arrival.Route.Category);
        }
        return Answers.RefuseAsync(arrival.Http, arrival.Route, refusal, arrival.Form);
    }
}
