using Tocsin.Protocol;
using Tocsin.Protocol.Envelopes;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Gateway.Quotas;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>What is behind each door: what it asks of a request, how it reads the body, and what it makes of it.</summary>
sealed class DoorKeeper(
    Admission admission,
    QuotaBook quotas,
    EnvelopeJudge envelopes,
    SingleJudge singles,
    GatewayOptions options
)
{
    /// <summary>Browsers hold no more of them back.</summary>
    const int MostReports = 100;

    int EventLimit => (int)options.Envelope.Event.Item;

    /// <summary>By the headers and the path alone.</summary>
    public static Refusal? RefuseUnread(Arrival arrival)
    {
        var request = arrival.Http.Request;
        if (!ContentCodings.TryParse(request.Headers.ContentEncoding, out var codings))
        {
            return Refusals.TooManyEncodings;
        }
        arrival.Codings = codings;
        return request.ContentLength > arrival.MostReceived ? Refusal.TooLarge(arrival.Limits.Type)
            : arrival.Door == Door.CheckIn && LacksStatus(request) ? Refusals.MissingStatus
            : arrival.Door == Door.Attachments && EventInPath(request) is null ? Refusals.BadEventId
            : null;
    }

    public ValueTask<(Judgement?, Refusal?)> ReadAsync(Arrival arrival) =>
        arrival.Door switch
        {
            Door.Envelope => ReadEnvelopeAsync(arrival),
            Door.Store => ReadStoreAsync(arrival),
            Door.Otlp => ReadExportAsync(arrival),
            Door.Minidump => ReadMinidumpAsync(arrival),
            Door.Attachments => ReadFilesAsync(arrival),
            Door.Security or Door.Nel => ReadReportsAsync(arrival),
            _ => ReadOpaqueAsync(arrival),
        };

    async ValueTask<(Judgement?, Refusal?)> ReadEnvelopeAsync(Arrival arrival)
    {
        var envelope = new EnvelopeReader(options.Envelope, header => Admit(arrival, header));
        var refusal = await ReceiveAsync(arrival, envelope);
        return refusal is null ? (envelopes.Judge(arrival, envelope), null) : (null, refusal);
    }

    /// <summary>Who comes in by the envelope's header alone has not been held against the limit on requests yet.</summary>
    Refusal? Admit(Arrival arrival, EnvelopeHeader header)
    {
        var isKnown = arrival.Sender is not null;
        var refusal = admission.Admit(arrival, header);
        if (refusal is not null || isKnown)
        {
            return refusal;
        }
        arrival.Spent = quotas.TryTakeRequest(arrival.Sender!.Value);
        return arrival.Spent is null ? null : Refusals.RateLimited;
    }

    async ValueTask<(Judgement?, Refusal?)> ReadStoreAsync(Arrival arrival)
    {
        var request = arrival.Http.Request;
        using var store = new StoreReader(EventLimit);
        var refusal =
            HttpMethods.IsPost(request.Method) ? await ReceiveAsync(arrival, store)
            : StoreQuery.TryRead(request, EventLimit, out var json, out var unread) ? Give(arrival, json, store)
            : unread;
        return refusal is null ? (singles.Judge(arrival, store.Scan.Id, EventCategory(store.Scan.Type)), null) : (null, refusal);
    }

    async ValueTask<(Judgement?, Refusal?)> ReadReportsAsync(Arrival arrival)
    {
        var isSecurity = arrival.Door == Door.Security;
        using var reports = new ReportsReader(isSecurity ? MostReports : int.MaxValue, options.Report, arrival.Limits.Type);
        var refusal = await ReceiveAsync(arrival, reports);
        return refusal is not null ? (null, refusal)
            : isSecurity ? (singles.Judge(arrival, reports), null)
            : (singles.Judge(arrival, null, arrival.Route.Category), null);
    }

    async ValueTask<(Judgement?, Refusal?)> ReadMinidumpAsync(Arrival arrival)
    {
        var minidump = new MinidumpReader(arrival.ContentType);
        var refusal = await ReceiveAsync(arrival, minidump);
        return refusal is null ? (singles.Judge(arrival, minidump.Id, arrival.Route.Category), null) : (null, refusal);
    }

    async ValueTask<(Judgement?, Refusal?)> ReadFilesAsync(Arrival arrival)
    {
        var form = new FormReader(arrival.ContentType, static _ => 0);
        var refusal = await ReceiveAsync(arrival, form) ?? (form.Anything ? null : Refusal.EmptyBody);
        return refusal is null
            ? (singles.Judge(arrival, EventInPath(arrival.Http.Request), arrival.Route.Category), null)
            : (null, refusal);
    }

    async ValueTask<(Judgement?, Refusal?)> ReadOpaqueAsync(Arrival arrival)
    {
        // A check-in stands in the query.
        var opaque = new OpaqueReader(arrival.Door == Door.CheckIn ? null : Refusal.EmptyBody);
        var refusal = HttpMethods.IsPost(arrival.Http.Request.Method)
            ? await ReceiveAsync(arrival, opaque)
            : Give(arrival, default, opaque);
        return refusal is null ? (singles.Judge(arrival, null, arrival.Route.Category), null) : (null, refusal);
    }

    async ValueTask<(Judgement?, Refusal?)> ReadExportAsync(Arrival arrival)
    {
        var announced = 0L;
        if (arrival.Route.IsGrpc)
        {
            (announced, var unframed) = await GrpcFrame.OpenAsync(arrival);
            if (unframed is not null)
            {
                return (null, unframed);
            }
        }
        using var export = new OtlpExport(arrival.Route.Signal!.Value, arrival.ContentType, arrival.Memory);
        var refusal = await ReceiveAsync(arrival, export);
        arrival.Form = export.Form;
        if (refusal is null && arrival.Route.IsGrpc)
        {
            refusal = GrpcFrame.Check(arrival, announced);
        }
        return refusal is null ? (singles.Judge(arrival, export), null) : (null, refusal);
    }

    static async ValueTask<Refusal?> ReceiveAsync(Arrival arrival, PlainReader reader)
    {
        using var inflation = new Inflation(arrival.Codings, arrival.Limits, reader);
        return await BodyIntake.ReceiveAsync(arrival, inflation);
    }

    /// <summary>A GET has no body; what stands for it is not encoded.</summary>
    static Refusal? Give(Arrival arrival, ReadOnlyMemory<byte> plain, PlainReader reader)
    {
        arrival.Codings = [];
        return arrival.OpenBody().Append(new(plain)) ?? reader.Take(plain.Span) ?? reader.Complete();
    }

    static string EventCategory(string? type) =>
        type switch
        {
            ItemType.Transaction => DataCategory.Transaction,
            "csp" or "hpkp" or "expectct" or "expectstaple" => DataCategory.Security,
            _ => DataCategory.Error,
        };

    static bool LacksStatus(HttpRequest request) =>
        request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true
        && !request.Query.ContainsKey("status");

    static EventId? EventInPath(HttpRequest request) =>
        EventId.TryParse(request.RouteValues["event"] as string, out var id) ? id : null;
}
