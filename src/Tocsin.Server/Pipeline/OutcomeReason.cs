namespace Tocsin.Server.Pipeline;

/// <summary>The reasons that the server itself gives.</summary>
static class OutcomeReason
{
    public const string Duplicate = "duplicate";
    public const string DiscardedHash = "discarded-hash";

    /// <summary>No room handles items of this kind yet.</summary>
    public const string Unhandled = "unhandled";

    /// <summary>Failed three times.</summary>
    public const string Poison = "poison";
    public const string EmptyEnvelope = "empty_envelope";
    public const string ProjectGone = "project_id";

    /// <summary>All those for which there was no room: clients choose reasons, so there may be any number of them.</summary>
    public const string Other = "other";
}
