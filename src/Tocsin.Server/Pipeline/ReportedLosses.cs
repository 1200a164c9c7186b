using Tocsin.Server.Gateway;
using Tocsin.Server.Projects;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// Adds up what the client reports of one record say, so that it has few rows whatever they hold. At the time of their arrival: a client's clock
/// decides nothing.
/// </summary>
sealed class ReportedLosses(Receipt receipt, ProjectSnapshot? project)
{
    /// <summary>Clients have some twenty reasons; what comes behind so many different ones is counted under another.</summary>
    internal const int Most = 200;

    readonly HashSet<(OutcomeKind Kind, string Reason, string Category)> known = [];
    readonly OutcomeLedger ledger = new();

    public IReadOnlyList<OutcomeRow> Rows => ledger.Rows;

    public void Add(IReadOnlyList<ClientLoss> losses)
    {
        foreach (var (kind, reason, category, quantity) in losses)
        {
            var outcome = new Outcome(kind, HasRoom((kind, reason, category)) ? reason : OutcomeReason.Other);
            var organization = project?.OrganizationId ?? 0;
            ledger.Add(organization, receipt.ProjectId, receipt.KeyId, receipt.Received, outcome, category, quantity);
        }
    }

    bool HasRoom((OutcomeKind Kind, string Reason, string Category) loss) =>
        known.Contains(loss) || (known.Count < Most && known.Add(loss));
}
