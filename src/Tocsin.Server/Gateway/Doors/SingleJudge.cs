using Tocsin.Protocol;
using Tocsin.Server.Gateway.Quotas;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>Decides on a body that is one item: all of it is kept, or nothing.</summary>
sealed class SingleJudge(QuotaBook quotas, RefusalLedger ledger)
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
            ? judgement with
            {
                Refused = OverQuota(arrival.Sender!.Value, 1, reports.Count - 1, DataCategory.Security),
            }
            : judgement;
    }

    /// <summary>An export that holds nothing is a success, and nothing is kept of it.</summary>
    public Judgement Judge(Arrival arrival, OtlpExport export)
    {
        if (export.Tally.Records == 0)
        {
            return new(null) { Keep = false };
        }
        var judgement = Judge(arrival, null, export.Tally.Quantities(arrival.Route.Signal!.Value, export.Body.Length));
        return judgement with { Tally = export.Tally, Refused = judgement.Keep ? OverQuota(arrival.Sender!.Value, export) : [] };
    }

    /// <summary>
    /// The errors of an export that find no room. The client hears of a success all the same: it could not send the errors again without
    /// the spans.
    /// </summary>
    List<int> OverQuota(KeyedProject sender, OtlpExport export) =>
        quotas.LimitsErrors(sender) ? OverQuota(sender, 1, export.CountErrors(), DataCategory.Error) : [];

    /// <param name="from">The index of the first that no token was taken for.</param>
    List<int> OverQuota(KeyedProject sender, int from, int count, string category)
    {
        var refused = new List<int>();
        for (var index = from; index < from + count; index++)
        {
            if (quotas.TryTakeError(sender) is { } hit)
            {
                refused.Add(index);
                ledger.Count(sender.Project.Id, sender.Key.Id, Outcome.RateLimited(hit.Reason), category);
            }
        }
        return refused;
    }

    Judgement Judge(Arrival arrival, EventId? id, IReadOnlyList<CategoryQuantity> quantities)
    {
        var (project, key) = arrival.Sender!.Value;
        if (!AllowedOrigins.Allows(project.Options.AllowedDomains, arrival.Origin))
        {
            Count(Outcome.Invalid("cors"));
            return new(id) { Keep = false };
        }
        if (
            quantities[0].Category is DataCategory.Error or DataCategory.Security
            && quotas.TryTakeError(arrival.Sender.Value) is { } hit
        )
        {
            Count(Outcome.RateLimited(hit.Reason));
            return new(id) { Keep = false, Hit = hit };
        }
        return new(id);

        void Count(Outcome outcome)
        {
            foreach (var (category, quantity) in quantities)
            {
                ledger.Count(project.Id, key.Id, outcome, category, quantity);
            }
        }
    }
}
