namespace Simulation.World;

/// <summary>What the clients know: answered with 200, sent with or without an answer, refused. NeverCrashed: every refusal was counted.</summary>
sealed record Promises(
    IReadOnlyList<Sending> Acknowledged,
    IReadOnlyList<Sending> Attempts,
    IReadOnlyList<Sending> Refused,
    bool NeverCrashed
);
