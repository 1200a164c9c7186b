using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tocsin.Server.Projects;

/// <summary>What a project's settings page decides; kept as JSON in <c>projects.options</c>. Names follow Sentry's API.</summary>
sealed record ProjectOptions
{
    public static ProjectOptions Default { get; } = new();

    /// <summary>Project-wide token bucket beside those of the keys; null: no limit.</summary>
    public RateLimit? Quota { get; init; }

    /// <summary>Origins that may send from browsers; <c>*</c> allows all.</summary>
    public IReadOnlyList<string> AllowedDomains { get; init; } = ["*"];

    /// <summary>Ids of inbound filters that are on.</summary>
    public IReadOnlyList<string> Filters { get; init; } = ["filtered-transaction"];

    /// <summary>Sub-filters of <c>legacy-browsers</c>, when that filter is on; empty: all of them.</summary>
    public IReadOnlyList<string> LegacyBrowsers { get; init; } = [];

    /// <summary>Globs for <c>release-version</c> and <c>error-message</c>, addresses or CIDR ranges for <c>ip-address</c>.</summary>
    public IReadOnlyList<string> FilteredReleases { get; init; } = [];
    public IReadOnlyList<string> FilteredErrorMessages { get; init; } = [];
    public IReadOnlyList<string> FilteredAddresses { get; init; } = [];

    /// <summary>How much of which traces is stored; without rules everything is.</summary>
    public IReadOnlyList<SamplingRule> SamplingRules { get; init; } = [];

    /// <summary>Milliseconds that a run may take to satisfy its user, for apdex and misery.</summary>
    public int ApdexThreshold { get; init; } = 300;

    /// <summary>Null: nobody has set the threshold.</summary>
    public ThresholdEdit? ApdexEdit { get; init; }

    /// <summary>Transactions with a threshold of their own, by name.</summary>
    public IReadOnlyDictionary<string, TransactionThreshold> TransactionThresholds { get; init; } =
        new Dictionary<string, TransactionThreshold>();

    /// <summary>Switches of the detectors of performance problems that are off, under Sentry's names.</summary>
    public IReadOnlyList<string> DetectorsOff { get; init; } = [];

    /// <summary>Their thresholds as far as they were set, under Sentry's names.</summary>
    public IReadOnlyDictionary<string, double> DetectorThresholds { get; init; } = new Dictionary<string, double>();

    public bool DataScrubber { get; init; } = true;
    public bool DataScrubberDefaults { get; init; } = true;
    public bool ScrubIPAddresses { get; init; }
    public IReadOnlyList<string> SensitiveFields { get; init; } = [];
    public IReadOnlyList<string> SafeFields { get; init; } = [];

    /// <summary>Hours after which a quiet issue resolves itself; 0: never.</summary>
    public int ResolveAge { get; init; }

    /// <summary>Sentry's rule languages, one rule per line.</summary>
    public string FingerprintingRules { get; init; } = "";
    public string GroupingEnhancements { get; init; } = "";

    /// <summary>Put before the subject of mails; empty: the project's name.</summary>
    public string SubjectPrefix { get; init; } = "";

    /// <summary>Seconds over which notifications are gathered.</summary>
    public int DigestsMinDelay { get; init; } = 300;
    public int DigestsMaxDelay { get; init; } = 1800;

    /// <summary>Whether sources that events name may be fetched, with which header, and checking certificates or not.</summary>
    public bool ScrapeJavaScript { get; init; } = true;
    public string? SecurityToken { get; init; }
    public string? SecurityTokenHeader { get; init; }
    public bool VerifySSL { get; init; }

    /// <summary>Tags that the page of an event shows first.</summary>
    public IReadOnlyList<string> HighlightTags { get; init; } = ["handled", "level"];

    /// <summary>
    /// Reads the column; options that this version does not know are left out, those that the text does not name have their default. The
    /// generated reader knows no defaults: it would take an option that a later version added for off. So it reads them first, as the
    /// beginning of the text, of which the last word counts. A reader by reflection is compiled at every start, which costs more than all
    /// that it reads.
    /// </summary>
    /// <exception cref="JsonException">Not options; the position is that in the text.</exception>
    public static ProjectOptions Parse(string json)
    {
        var rest = json.AsSpan().TrimStart();
        if (rest is not ['{', ..])
        {
            return JsonSerializer.Deserialize(json, ProjectOptionsJson.Default.ProjectOptions) ?? Default;
        }
        rest = rest[1..];
        var first = rest.TrimStart() is ['}', ..] ? Defaults.Value : $"{Defaults.Value},";
        try
        {
            return JsonSerializer.Deserialize($"{first}{rest}", ProjectOptionsJson.Default.ProjectOptions)!;
        }
        catch (JsonException damaged) when (damaged.LineNumber == 0)
        {
            var position = damaged.BytePositionInLine - first.Length + (json.Length - rest.Length);
            throw new JsonException(damaged.Message, damaged.Path, damaged.LineNumber, position, damaged);
        }
    }

    /// <summary>Without the brace at the end.</summary>
    static readonly Lazy<string> Defaults = new(() => Default.ToJson()[..^1]);

    /// <param name="threshold">Null: as it is.</param>
    /// <param name="moment">Microseconds since 1970 UTC.</param>
    public ProjectOptions WithApdexThreshold(int? threshold, long? user, long moment) =>
        this with
        {
            ApdexThreshold = threshold ?? ApdexThreshold,
            ApdexEdit = new(user, ApdexEdit?.Added ?? moment, moment),
        };

    /// <param name="threshold">Null: as it is.</param>
    /// <param name="moment">Microseconds since 1970 UTC.</param>
    public ProjectOptions WithThresholdOf(string transaction, int? threshold, long? user, long moment)
    {
        var old = TransactionThresholds.GetValueOrDefault(transaction);
        var edit = new ThresholdEdit(user, old?.Edit.Added ?? moment, moment);
        return this with
        {
            TransactionThresholds = new Dictionary<string, TransactionThreshold>(TransactionThresholds)
            {
                [transaction] = new(threshold ?? old?.Milliseconds ?? ApdexThreshold, edit),
            },
        };
    }

    public ProjectOptions WithoutThresholdOf(string transaction) =>
        this with
        {
            TransactionThresholds = TransactionThresholds.Where(one => one.Key != transaction).ToDictionary(),
        };

    /// <summary>As they are for one transaction.</summary>
    public ProjectOptions Of(string transaction) =>
        this with
        {
            ApdexThreshold = TransactionThresholds.GetValueOrDefault(transaction)?.Milliseconds ?? ApdexThreshold,
            TransactionThresholds = Default.TransactionThresholds,
        };

    public string ToJson() => JsonSerializer.Serialize(this, ProjectOptionsJson.Default.ProjectOptions);
}

/// <summary>By: null for a token that belongs to the organisation. Microseconds since 1970 UTC.</summary>
sealed record ThresholdEdit(long? By, long Added, long Updated);

sealed record TransactionThreshold(int Milliseconds, ThresholdEdit Edit);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ProjectOptions))]
sealed partial class ProjectOptionsJson : JsonSerializerContext;
