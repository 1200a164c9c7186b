using Tocsin.Protocol;
using Tocsin.Server.Gateway.Quotas;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>Decides on a body that is one item: all of it is kept, or nothing.</summary>
sealed class SingleJudge(QuotaBook quotas, RefusalLedger ledger)
{
    /// <param name="id">As the client named it; one of ours where the door makes an event and the client named none.</param>
    /// <param name="category">Of what the body turned out to be.</param>
    public Judgement Judge(Arrival arrival, EventId? id, string category)
    {
        var (project, key) = arrival.Sender!.Value;
        if (id is not { IsNil: false })
        {
            id = arrival.Route.IsError ? EventId.New() : null;
        }
        if (!AllowedOrigins.Allows(project.Options.AllowedDomains, arrival.Origin))
        {
            ledger.Count(project.Id, key.Id, Outcome.Invalid("cors"), category);
            return new(id) { Keep = false };
        }
        if (category is DataCategory.Error or DataCategory.Security && quotas.TryTakeError(arrival.Sender.Value) is { } hit)
        {
            ledger.Count(project.Id, key.Id, Outcome.RateLimited(hit.Reason), category);
            return new(id) { Keep = false, Hit = hit };
        }
        return new(id);
    }
}
