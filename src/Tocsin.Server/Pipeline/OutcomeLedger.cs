using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// Adds outcomes up into rows: one row for all items of one second that ended alike. So the second is the resolution of the statistics,
/// and a flood of refusals costs few rows.
/// </summary>
sealed class OutcomeLedger
{
    const long Second = 1_000_000;
    readonly Dictionary<Key, long> quantities = [];

    public IReadOnlyList<OutcomeRow> Rows =>
        [
            .. quantities.Select(pair => new OutcomeRow
            {
                OrganizationId = pair.Key.OrganizationId,
                ProjectId = pair.Key.ProjectId,
                KeyId = pair.Key.KeyId,
                Timestamp = pair.Key.Timestamp,
                Outcome = (int)pair.Key.Outcome.Kind,
                Reason = pair.Key.Outcome.Reason,
                Category = pair.Key.Category,
                Quantity = pair.Value,
            }),
        ];

    /// <param name="received">Microseconds since 1970 UTC.</param>
    public void Add(
        long organizationId,
        long projectId,
        long? keyId,
        long received,
        Outcome outcome,
        string category,
        long quantity
    )
    {
        var key = new Key(organizationId, projectId, keyId, received - received % Second, outcome, category);
        quantities[key] = quantities.GetValueOrDefault(key) + quantity;
    }

    readonly record struct Key(
        long OrganizationId,
        long ProjectId,
        long? KeyId,
        long Timestamp,
        Outcome Outcome,
        string Category
    );
}
