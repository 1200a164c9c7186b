using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tocsin.Server.Issues;

/// <summary>How an issue was resolved or archived, as far as the intake decides by it; keys are Sentry's. Durations are minutes.</summary>
sealed record StatusDetails
{
    public static StatusDetails None { get; } = new();

    public string? InRelease { get; init; }
    public bool? InNextRelease { get; init; }
    public long? IgnoreDuration { get; init; }

    /// <summary>ISO 8601; wins over the duration.</summary>
    public DateTimeOffset? IgnoreUntil { get; init; }
    public long? IgnoreCount { get; init; }
    public long? IgnoreWindow { get; init; }
    public long? IgnoreUserCount { get; init; }
    public long? IgnoreUserWindow { get; init; }

    [JsonIgnore]
    public bool IsReleaseBound => InRelease is not null || InNextRelease == true;

    /// <summary>What cannot be read binds nothing: an event too many on the page is better than one that stays hidden.</summary>
    public static StatusDetails Parse(string json)
    {
        if (json is "{}" or "")
        {
            return None;
        }
        try
        {
            return JsonSerializer.Deserialize(json, IssueJson.Default.StatusDetails) ?? None;
        }
        catch (JsonException)
        {
            return None;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString
)]
[JsonSerializable(typeof(StatusDetails))]
[JsonSerializable(typeof(ArchiveWatch))]
[JsonSerializable(typeof(RegressionNote))]
sealed partial class IssueJson : JsonSerializerContext;
