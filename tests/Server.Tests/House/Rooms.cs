namespace Server.Tests.House;

/// <summary>
/// The rooms of the server and whom each may use. Reads as documentation: data flows from the top to the bottom of the list.
/// Protocol, Journal and Telemetry are projects; the compiler keeps their arrows.
/// </summary>
static class Rooms
{
    /// <summary>Every room may use these: the database, the projects, and from Hosting the settings and the system's libraries.</summary>
    public static readonly string[] Ground = ["Metadata", "Projects", "Hosting"];

    /// <summary>
    /// Pipeline holds what the rooms on the way agree on (outcome, item, receipt's reader), so Gateway, Errors and Issues name it, and it names
    /// the gateway's receipt and the changes that issues leave behind.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string[]> MayUse = new Dictionary<string, string[]>
    {
        ["Gateway"] = ["Pipeline", "Access", "Api"],
        ["Pipeline"] = ["Gateway", "Payloads", "Issues", "Access", "Api"],
        ["Retention"] = ["Pipeline", "Payloads", "Issues", "Access", "Api"],
        ["Errors"] = ["Pipeline", "Gateway", "Countries", "Scrubbing", "Issues", "Releases", "Payloads", "Access", "Api"],
        ["Explore"] = ["Issues", "Releases", "Access", "Api"],
        ["Performance"] = ["Explore", "Traces", "Issues", "Releases", "Access", "Api"],
        ["Traces"] =
        [
            "Pipeline",
            "Gateway",
            "Errors",
            "Countries",
            "Scrubbing",
            "Issues",
            "Explore",
            "Releases",
            "Payloads",
            "Access",
            "Api",
        ],
        ["Countries"] = [],
        ["Scrubbing"] = [],
        ["Issues"] = ["Pipeline", "Releases", "Access", "Api"],
        ["Releases"] = ["Access", "Api"],
        ["Projects"] = ["Pipeline", "Access", "Api"],
        ["Access"] = ["Api"],
        ["Payloads"] = [],
        ["Metadata"] = [],
        ["Api"] = ["Access"],
        ["Hosting"] = ["*"],
    };

    public static bool Allows(string from, string to) =>
        from == to
        || Ground.Contains(to)
        || (MayUse.TryGetValue(from, out var targets) && (targets.Contains(to) || targets.Contains("*")));
}
