using System.Text.Json;
using Tocsin.Server.Api;

namespace Tocsin.Server.Projects;

/// <summary>A change of a project; what is absent stays as it is.</summary>
sealed record ProjectBody
{
    /// <summary>Milliseconds: an hour.</summary>
    public const int LongestThreshold = 3_600_000;

    public string? Name { get; init; }
    public string? Slug { get; init; }
    public string? Platform { get; init; }
    public IReadOnlyDictionary<string, JsonElement>? Options { get; init; }
    public IReadOnlyList<string>? AllowedDomains { get; init; }
    public bool? DataScrubber { get; init; }
    public bool? DataScrubberDefaults { get; init; }
    public bool? ScrubIPAddresses { get; init; }
    public IReadOnlyList<string>? SensitiveFields { get; init; }
    public IReadOnlyList<string>? SafeFields { get; init; }
    public int? ResolveAge { get; init; }
    public string? FingerprintingRules { get; init; }
    public string? GroupingEnhancements { get; init; }
    public string? SubjectPrefix { get; init; }
    public int? DigestsMinDelay { get; init; }
    public int? DigestsMaxDelay { get; init; }
    public bool? ScrapeJavaScript { get; init; }
    public bool? VerifySSL { get; init; }
    public Patch<string> SecurityToken { get; init; }
    public Patch<string> SecurityTokenHeader { get; init; }
    public IReadOnlyList<string>? HighlightTags { get; init; }
    public Patch<RateLimit> Quota { get; init; }
    public IReadOnlyList<SamplingRule>? SamplingRules { get; init; }

    /// <summary>Milliseconds.</summary>
    public int? ApdexThreshold { get; init; }

    public IEnumerable<(string Field, string Sentence)> Problems()
    {
        if (Name is not null && (string.IsNullOrWhiteSpace(Name) || Name.Length > 200))
        {
            yield return ("name", "Enter a name of at most 200 characters.");
        }
        if (Platform?.Length > 64)
        {
            yield return ("platform", "At most 64 characters.");
        }
        if (ResolveAge is < 0 or > 1_000_000)
        {
            yield return ("resolveAge", "A number of hours, or 0 for never.");
        }
        if (Quota.Value is { } quota && (quota.Count < 1 || quota.Window < 1))
        {
            yield return ("quota", "Count and window must be at least 1.");
        }
        if (SamplingRules is not null && SamplingRule.FaultOf(SamplingRules) is { } fault)
        {
            yield return ("samplingRules", fault);
        }
        if (ApdexThreshold is < 1 or > LongestThreshold)
        {
            yield return ("apdexThreshold", "A number of milliseconds, from 1 to an hour.");
        }
        if (DigestsMinDelay is < 0 || DigestsMaxDelay is < 0)
        {
            yield return ("digestsMinDelay", "A number of seconds.");
        }
    }

    /// <param name="moment">Microseconds since 1970 UTC.</param>
    public ProjectPatch ToPatch(long? user, long moment) =>
        new()
        {
            Name = Name?.Trim(),
            Slug = Slug,
            Platform = Platform,
            Options = present => ApplyTo(present, user, moment),
        };

    ProjectOptions ApplyTo(ProjectOptions present, long? user, long moment)
    {
        var changed = present with
        {
            AllowedDomains = AllowedDomains ?? present.AllowedDomains,
            DataScrubber = DataScrubber ?? present.DataScrubber,
            DataScrubberDefaults = DataScrubberDefaults ?? present.DataScrubberDefaults,
            ScrubIPAddresses = ScrubIPAddresses ?? present.ScrubIPAddresses,
            SensitiveFields = SensitiveFields ?? present.SensitiveFields,
            SafeFields = SafeFields ?? present.SafeFields,
            ResolveAge = ResolveAge ?? present.ResolveAge,
            FingerprintingRules = FingerprintingRules ?? present.FingerprintingRules,
            GroupingEnhancements = GroupingEnhancements ?? present.GroupingEnhancements,
            SubjectPrefix = SubjectPrefix ?? present.SubjectPrefix,
            DigestsMinDelay = DigestsMinDelay ?? present.DigestsMinDelay,
            DigestsMaxDelay = DigestsMaxDelay ?? present.DigestsMaxDelay,
            ScrapeJavaScript = ScrapeJavaScript ?? present.ScrapeJavaScript,
            VerifySSL = VerifySSL ?? present.VerifySSL,
            SecurityToken = SecurityToken.IsPresent ? SecurityToken.Value : present.SecurityToken,
            SecurityTokenHeader = SecurityTokenHeader.IsPresent ? SecurityTokenHeader.Value : present.SecurityTokenHeader,
            HighlightTags = HighlightTags ?? present.HighlightTags,
            SamplingRules = SamplingRules ?? present.SamplingRules,
            Quota = Quota.IsPresent ? Quota.Value : present.Quota,
        };
        if (ApdexThreshold is { } threshold)
        {
            changed = changed.WithApdexThreshold(threshold, user, moment);
        }
        return Options is null ? changed : ProjectOptionNames.Read(changed, Options);
    }
}
