namespace Tocsin.Server.Api;

/// <summary>Metadata of a route: a parameter of the address that a handler reads through a request record, for the OpenAPI document.</summary>
/// <param name="Repeats">It may stand there several times.</param>
sealed record QueryParameter(string Name, string Sentence, bool Repeats = false)
{
    public static IReadOnlyList<QueryParameter> OfPeriod { get; } =
    [
        new("statsPeriod", "A length of time up to now, such as 30m, 24h, 14d, 2w."),
        new("start", "Instead of statsPeriod: ISO 8601, UTC when no zone is given."),
        new("end", "With start; now by default."),
    ];
}
