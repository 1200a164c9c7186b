using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Issues.Intake;

/// <summary>What a hash leads to. Strand: the issue under which its events are stored, which is the issue itself unless it was merged into it.</summary>
/// <param name="IsMerged">Whether the issue has more than one strand.</param>
sealed record KnownIssue(Issue Issue, long Strand, bool IsMerged);

/// <summary>A hash that nobody owned before this batch. Place: among those of the event that claims it for its issue.</summary>
readonly record struct UnclaimedHash(IssueHash Hash, PreparedItem Claimant, int Place);
