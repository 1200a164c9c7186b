namespace Server.Tests.House;

/// <summary>
/// The rooms of the server and whom each may use. Reads as documentation: data flows from the top to the bottom of the list.
/// Protocol, Journal and Telemetry are projects; the compiler keeps their arrows.
/// </summary>
static class Rooms
{
    /// <summary>Every room may use these.</summary>
    public static readonly string[] Ground = ["Metadata", "Projects"];

    public static readonly IReadOnlyDictionary<string, string[]> MayUse = new Dictionary<string, string[]>
    {
        ["Gateway"] = ["Pipeline", "Access"],
        ["Pipeline"] = ["Payloads", "Issues", "Access", "Api"],
        ["Errors"] = ["Pipeline", "Scrubbing", "Issues", "Payloads", "Access", "Api"],
        ["Scrubbing"] = [],
        ["Issues"] = ["Access", "Api"],
        ["Projects"] = ["Access", "Api"],
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
