using Tocsin.Protocol;
using Tocsin.Server.Gateway.Quotas;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>Decides on a body that is one item: all of it is kept, or nothing.</summary>
sealed class SingleJudge(QuotaBook quotas)
{
    /// <param name="id">As the client named it; one of ours where the door makes an event and the client named none.</param>
    /// <param name="category">Of what the body turned out to be.</param>
    public Judgement Judge(Arrival arrival, EventId? id, string category)
    {
        if (id is not { IsNil: false })
        {
            id = arrival.Route.IsError ? EventId.New() : null;
        }
        return Judge(arrival, id, [new(category, 1)]);
    }

    /// <summary>The browser hears of a success unless there is no room for any of them: it knows no part of a request.</summary>
    public Judgement Judge(Arrival arrival, ReportsReader reports)
    {
        var judgement = Judge(arrival, EventId.New(), [new(DataCategory.Security, reports.Count)]);
        return judgement.Keep
            ? TakeOut(judgement, arrival.Sender!.Value, 1, reports.Count - 1, DataCategory.Security)
            : judgement;
    }

    /// <summary>An export that holds nothing is a success, and nothing is kept of it.</summary>
    public Judgement Judge(Arrival arrival, OtlpExport export)
    {
        if (export.Tally.Records == 0)
        {
            return new(null) { Keep = false };
        }
        var quantities = export.Tally.Quantities(arrival.Route.Signal!.Value, export.Body.Length);
        var judgement = Judge(arrival, null, quantities) with { Tally = export.Tally };
        return judgement.Keep ? TakeOut(judgement, arrival.Sender!.Value, export) : judgement;
    }

    /// <summary>
    /// The errors of an export that find no room. The client hears of a success all the same: it could not send the errors again without
    /// the spans.
    /// </summary>
    Judgement TakeOut(Judgement judgement, KeyedProject sender, OtlpExport export) =>
        quotas.LimitsErrors(sender) ? TakeOut(judgement, sender, 1, export.CountErrors(), DataCategory.Error) : judgement;

    /// <param name="from">The index of the first that no token was taken for.</param>
    Judgement TakeOut(Judgement judgement, KeyedProject sender, int from, int count, string category)
    {
        var refused = new List<int>();
        var losses = new List<RefusedItems>();
        for (var index = from; index < from + count; index++)
        {
            if (quotas.TryTakeError(sender) is { } hit)
            {
                refused.Add(index);
                losses.Add(new(Outcome.RateLimited(hit.Reason), category, 1));
            }
        }
        return judgement with { Refused = refused, Losses = losses, Tokens = judgement.Tokens + count - refused.Count };
    }

    Judgement Judge(Arrival arrival, EventId? id, IReadOnlyList<CategoryQuantity> quantities)
    {
        var sender = arrival.Sender!.Value;
        if (!AllowedOrigins.Allows(sender.Project.Options.AllowedDomains, arrival.Origin))
        {
            return new(id) { Keep = false, Losses = Lost(Outcome.Invalid("cors")) };
        }
        if (quantities[0].Category is not (DataCategory.Error or DataCategory.Security))
        {
            return new(id);
        }
        return quotas.TryTakeError(sender) is { } hit
            ? new(id)
            {
                Keep = false,
                Hit = hit,
                Losses = Lost(Outcome.RateLimited(hit.Reason)),
            }
            : new(id) { Tokens = 1 };

        RefusedItems[] Lost(Outcome outcome) =>
            [.. quantities.Select(count => new RefusedItems(outcome, count.Category, count.Quantity))];
    }
}
