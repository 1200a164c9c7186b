using Tocsin.Protocol;
using Tocsin.Protocol.Envelopes;
using Tocsin.Protocol.Events;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Gateway.Quotas;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>Decides item by item, from the headers alone, what of an envelope is kept.</summary>
sealed class EnvelopeJudge(QuotaBook quotas)
{
    public Judgement Judge(Arrival arrival, EnvelopeReader envelope)
    {
        var sender = arrival.Sender!.Value;
        var id = FindId(arrival, envelope);
        if (envelope.Items.Count == 0)
        {
            return new(id) { Keep = false, Losses = [new(Outcome.Invalid("empty_envelope"), DataCategory.Default, 1)] };
        }
        if (!AllowedOrigins.Allows(sender.Project.Options.AllowedDomains, arrival.Origin))
        {
            return new(id) { Keep = false, Losses = [.. envelope.Items.SelectMany(item => Lost(item, Outcome.Invalid("cors")))] };
        }
        return !HasError(envelope.Items) ? new(id)
            : quotas.TryTakeError(sender) is { } hit ? Limit(envelope.Items, id, hit)
            : new(id) { Tokens = 1 };
    }

    /// <summary>Errors go, and the files that only explain them; all else stays.</summary>
    static Judgement Limit(IReadOnlyList<ItemFrame> items, EventId? id, QuotaHit hit)
    {
        var refused = new List<int>();
        var losses = new List<RefusedItems>();
        for (var i = 0; i < items.Count; i++)
        {
            if (IsError(items[i]) || items[i].Header.Type == ItemType.Attachment)
            {
                refused.Add(i);
                losses.AddRange(Lost(items[i], Outcome.RateLimited(hit.Reason)));
            }
        }
        return new(id)
        {
            Hit = hit,
            Refused = refused,
            Losses = losses,
            Keep = refused.Count < items.Count,
        };
    }

    /// <summary>In the quantities in which the worker counts what it finishes: the sums must agree.</summary>
    static IEnumerable<RefusedItems> Lost(ItemFrame item, Outcome outcome)
    {
        var quantities = ItemCategory.Quantities(item.Header, item.Length);
        return quantities.Count == 0
            ? [new(outcome, DataCategory.Default, 1)]
            : quantities.Select(count => new RefusedItems(outcome, count.Category, count.Quantity));
    }

    static bool HasError(IReadOnlyList<ItemFrame> items)
    {
        foreach (var item in items)
        {
            if (IsError(item))
            {
                return true;
            }
        }
        return false;
    }

    static bool IsError(ItemFrame item) => ItemCategory.Of(item.Header) is DataCategory.Error or DataCategory.Security;

    /// <summary>The header's id wins over the payload's. Only an item that makes an event gets an id of ours.</summary>
    static EventId? FindId(Arrival arrival, EnvelopeReader envelope)
    {
        if (envelope.Header.EventId is { IsNil: false } id)
        {
            return id;
        }
        foreach (var item in envelope.Items)
        {
            if (item.Header.IsEventLike)
            {
                return ReadId(arrival, item) ?? EventId.New();
            }
        }
        return null;
    }

    /// <summary>Clients name the id in the header; for the few that do not the body is decoded once more, up to its event.</summary>
    static EventId? ReadId(Arrival arrival, ItemFrame item)
    {
        if (item.Header.Type == ItemType.Attachment)
        {
            return null;
        }
        var slice = new SliceReader(item.Offset, (int)item.Length);
        using var inflation = new Inflation(arrival.Codings, arrival.Limits, slice);
        foreach (var part in arrival.Body!.ToSequence())
        {
            inflation.Push(part.Span);
        }
        return EventReader.TryScan(slice.Slice, out var scan, out _) && scan.Id is { IsNil: false } id ? id : null;
    }
}
