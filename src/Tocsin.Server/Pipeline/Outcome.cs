namespace Tocsin.Server.Pipeline;

/// <summary>
/// What became of an item; every received item ends in exactly one. Numbers are stored; 0–6 are Sentry's, those from 16 are ours.
/// </summary>
enum OutcomeKind
{
    Accepted = 0,
    Filtered = 1,
    RateLimited = 2,
    Invalid = 3,
    Abuse = 4,
    ClientDiscard = 5,
    CardinalityLimited = 6,

    /// <summary>Kept with its bytes but in no room: the reason says why (<c>unhandled</c>, <c>poison</c>).</summary>
    Quarantined = 16,
    Failed = 17,
}

/// <summary>Reason: a short stable word (<c>web-crawlers</c>, <c>key_quota</c>, <c>duplicate</c>, <c>invalid_json</c>); empty for accepted.</summary>
readonly record struct Outcome(OutcomeKind Kind, string Reason)
{
    public static Outcome Accepted { get; } = new(OutcomeKind.Accepted, "");

    public static Outcome Filtered(string filter) => new(OutcomeKind.Filtered, filter);

    public static Outcome RateLimited(string quota) => new(OutcomeKind.RateLimited, quota);

    public static Outcome Invalid(string reason) => new(OutcomeKind.Invalid, reason);

    public static Outcome Quarantined(string reason) => new(OutcomeKind.Quarantined, reason);
}
