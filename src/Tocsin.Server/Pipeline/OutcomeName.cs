namespace Tocsin.Server.Pipeline;

/// <summary>Outcomes by the names that Sentry's API uses.</summary>
static class OutcomeName
{
    static readonly (OutcomeKind Kind, string Name)[] Names =
    [
        (OutcomeKind.Accepted, "accepted"),
        (OutcomeKind.Filtered, "filtered"),
        (OutcomeKind.RateLimited, "rate_limited"),
        (OutcomeKind.Invalid, "invalid"),
        (OutcomeKind.Abuse, "abuse"),
        (OutcomeKind.ClientDiscard, "client_discard"),
        (OutcomeKind.CardinalityLimited, "cardinality_limited"),
        (OutcomeKind.Quarantined, "quarantined"),
        (OutcomeKind.Failed, "failed"),
    ];

    public static string Of(long outcome) =>
        Array.Find(Names, known => (long)known.Kind == outcome).Name
        ?? outcome.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>By name or number; null: there is no such outcome.</summary>
    public static long? Find(string text) =>
        Array.FindIndex(Names, known => known.Name == text) is var index and >= 0 ? (long)Names[index].Kind
        : long.TryParse(text, out var number) && Names.Any(known => (long)known.Kind == number) ? number
        : null;
}
