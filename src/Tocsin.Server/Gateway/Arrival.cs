using System.Net;
using Tocsin.Protocol.Otlp;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Gateway.Quotas;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Gateway;

/// <summary>One request on its way through the gateway: what is known of it so far.</summary>
sealed class Arrival : IDisposable
{
    const string EnvelopeType = "application/x-sentry-envelope";

    /// <summary>Query parameters that say who sends, not what.</summary>
    static readonly HashSet<string> AuthParameters = ["sentry_key", "sentry_secret", "sentry_version", "sentry_client"];

    static readonly string[] ClientHintNames =
    [
        "sec-ch-ua",
        "sec-ch-ua-platform",
        "sec-ch-ua-platform-version",
        "sec-ch-ua-model",
        "sec-ch-ua-mobile",
    ];

    readonly long received;
    readonly BodyBudget budget;
    readonly Turns turns;
    int turn;

    public Arrival(HttpContext http, IngestRoute route, long received, GatewayOptions options, BodyBudget budget, Turns turns)
    {
        this.received = received;
        this.budget = budget;
        this.turns = turns;
        Http = http;
        Route = route;
        var isEnvelope = http.Request.ContentType?.StartsWith(EnvelopeType, StringComparison.OrdinalIgnoreCase) == true;
        Door = route.Door == Door.Store && isEnvelope ? Door.Envelope : route.Door;
        Limits = DoorLimits.For(Door, route, options);
        Origin = ReadOrigin(http.Request.Headers);
    }

    public HttpContext Http { get; }
    public IngestRoute Route { get; }

    /// <summary>The route's, but an envelope at the store's address is one.</summary>
    public Door Door { get; }
    public BodyLimits Limits { get; }

    public long? ProjectInPath { get; set; }
    public KeyedProject? Sender { get; set; }
    public string? Client { get; set; }

    /// <summary>Whose statistics show a request that was not let in; null: nobody's.</summary>
    public (long ProjectId, long? KeyId)? Suspect { get; set; }

    /// <summary>The quota that leaves nothing of the request, whatever its body holds.</summary>
    public QuotaHit? Spent { get; set; }

    /// <summary>A gRPC call's says only that it is one; its messages are protobuf.</summary>
    public string? ContentType => Route.IsGrpc ? OtlpResponse.ContentType(OtlpEncoding.Protobuf) : Http.Request.ContentType;

    public IReadOnlyList<ContentCoding> Codings { get; set; } = [];
    public ReceivedBody? Body { get; private set; }

    /// <summary>Of an export, as its body shows where its header names none; null: nothing of it was read.</summary>
    public OtlpEncoding? Form { get; set; }

    /// <summary>Whom a refusal is counted for.</summary>
    public (long ProjectId, long? KeyId)? Account => Sender is { } sender ? (sender.Project.Id, sender.Key.Id) : Suspect;

    /// <summary>The header <c>Origin</c>, else the page that <c>Referer</c> names.</summary>
    public string? Origin { get; }

    public long MostReceived => Codings.Count == 0 ? Limits.Inflated : Limits.Compressed;

    /// <summary>Whose share it has: the sender's, or that of all who have not said yet who they are.</summary>
    long Sharer => Sender?.Project.Id ?? 0;

    public BodyShare Memory => budget.Of(Sharer);

    public ReceivedBody OpenBody() => Body = new(MostReceived, Limits.Type, Memory);

    /// <summary>Waits for the turn of what was received until now, if it has none. Nothing that the client can delay may be waited for with it.</summary>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public async ValueTask TakeTurnAsync()
    {
        if (turn == 0)
        {
            var weight = turns.WeightOf(Body?.Unread ?? 0);
            await turns.TakeAsync(Sharer, weight, Http.RequestAborted);
            turn = weight;
        }
    }

    public void GiveTurn()
    {
        if (turn > 0)
        {
            turns.Give(turn);
            turn = 0;
        }
    }

    public Receipt ToReceipt(EventId? id, IReadOnlyList<int> refused)
    {
        var request = Http.Request;
        var headers = request.Headers;
        var (project, key) = Sender!.Value;
        return new()
        {
            Door = Door,
            ProjectId = project.Id,
            KeyId = key.Id,
            Received = received,
            EventId = id,
            Encoding = ContentCodings.Name(Codings),
            ContentType = ContentType,
            Path =
                Door is Door.Envelope or Door.Store ? null
                : Route.IsGrpc ? $"v1/{Route.Signal!.Value.ToString().ToLowerInvariant()}"
                : PathBehindProject(request),
            Parameters = Door is Door.Envelope ? null : ReadParameters(request.Query),
            Client = Client,
            RemoteAddress = ReadAddress(Http),
            UserAgent = headers.UserAgent.Count > 0 ? headers.UserAgent.ToString() : null,
            Origin = Origin,
            ClientHints = ReadClientHints(headers),
            Refused = refused,
        };
    }

    public void Dispose()
    {
        GiveTurn();
        Body?.Dispose();
    }

    static string PathBehindProject(HttpRequest request)
    {
        var path = request.Path.Value!.Trim('/');
        return request.RouteValues["project"] is string project ? path[("api/".Length + project.Length + 1)..] : path;
    }

    static Dictionary<string, string>? ReadParameters(IQueryCollection query)
    {
        Dictionary<string, string>? parameters = null;
        foreach (var (name, values) in query)
        {
            if (!AuthParameters.Contains(name))
            {
                (parameters ??= [])[name] = values.ToString();
            }
        }
        return parameters;
    }

    static Dictionary<string, string>? ReadClientHints(IHeaderDictionary headers)
    {
        Dictionary<string, string>? hints = null;
        foreach (var name in ClientHintNames)
        {
            if (headers.TryGetValue(name, out var value))
            {
                (hints ??= [])[name] = value.ToString();
            }
        }
        return hints;
    }

    static string? ReadOrigin(IHeaderDictionary headers)
    {
        if (headers.Origin.Count > 0)
        {
            return headers.Origin.ToString();
        }
        return
            headers.Referer.Count > 0
            && Uri.TryCreate(headers.Referer.ToString(), UriKind.Absolute, out var page)
            && page.Scheme is "http" or "https"
            ? page.GetLeftPart(UriPartial.Authority)
            : null;
    }

    /// <summary>The client itself is the first in the chain of proxies.</summary>
    static IPAddress? ReadAddress(HttpContext http)
    {
        if (http.Request.Headers["X-Forwarded-For"] is { Count: > 0 } chain)
        {
            var first = chain[0].AsSpan();
            var comma = first.IndexOf(',');
            first = (comma < 0 ? first : first[..comma]).Trim();
            if (IPAddress.TryParse(first, out var client))
            {
                return client;
            }
            // Some proxies name the port too.
            if (IPEndPoint.TryParse(first, out var end))
            {
                return end.Address;
            }
        }
        var peer = http.Connection.RemoteIpAddress;
        return peer is { IsIPv4MappedToIPv6: true } ? peer.MapToIPv4() : peer;
    }
}
