namespace Simulation.World;

/// <summary>
/// What the clients know: answered with 200, sent with or without an answer, refused; and which issues are merged. NeverCrashed: every refusal was
/// counted.
/// </summary>
sealed record Promises(
    IReadOnlyList<Sending> Acknowledged,
    IReadOnlyList<Sending> Attempts,
    IReadOnlyList<Sending> Refused,
    MergedGroups Merged,
    bool NeverCrashed
);
