using System.Text.Json.Serialization;
using Tocsin.Server.Hosting;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Projects;

/// <summary>A client key in Sentry's form; its id is the public key.</summary>
sealed record ProjectKeyShape
{
    public ProjectKeyShape(ProjectKey key, Uri server)
    {
        Id = Public = key.PublicKey;
        Secret = key.SecretKey;
        Name = Label = key.Label;
        ProjectId = key.ProjectId;
        IsActive = key.IsActive;
        RateLimit = key.Limit;
        Dsn = new(key, server);
        DateCreated = Microseconds.ToUtc(key.Created);
    }

    public string Id { get; }
    public string Name { get; }
    public string Label { get; }
    public string Public { get; }
    public string Secret { get; }
    public long ProjectId { get; }
    public bool IsActive { get; }
    public RateLimit? RateLimit { get; }
    public DsnShape Dsn { get; }
    public DateTime DateCreated { get; }
    public string BrowserSdkVersion { get; } = "latest";
    public BrowserSdkShape BrowserSdk { get; } =
        new([
            ["latest", "latest"],
        ]);
    public LoaderOptionsShape DynamicSdkLoaderOptions { get; } = new();
}

/// <summary>The addresses of the key, one per kind of client.</summary>
sealed record DsnShape
{
    public DsnShape(ProjectKey key, Uri server)
    {
        string At(string path, bool withKey = false) =>
            ProjectDsn.Endpoint(server, key.ProjectId, path, withKey ? key.PublicKey : null);
        Secret = ProjectDsn.Secret(server, key);
        Public = ProjectDsn.Public(server, key.PublicKey, key.ProjectId);
        Csp = At("csp-report/", withKey: true);
        Security = At("security/", withKey: true);
        Minidump = At("minidump/", withKey: true);
        Nel = At("nel/", withKey: true);
        Unreal = At($"unreal/{key.PublicKey}/");
        Crons = At($"cron/___MONITOR_SLUG___/{key.PublicKey}/");
        Cdn = $"{ServerOptions.AddressOf(server)}/js-sdk-loader/{key.PublicKey}.min.js";
        Playstation = At("playstation/", withKey: true);
        Integration = At("integration/");
        OtlpTraces = At("integration/otlp/v1/traces");
        OtlpLogs = At("integration/otlp/v1/logs");
    }

    public string Secret { get; }
    public string Public { get; }
    public string Csp { get; }
    public string Security { get; }
    public string Minidump { get; }
    public string Nel { get; }
    public string Unreal { get; }
    public string Crons { get; }
    public string Cdn { get; }
    public string Playstation { get; }
    public string Integration { get; }

    [JsonPropertyName("otlp_traces")]
    public string OtlpTraces { get; }

    [JsonPropertyName("otlp_logs")]
    public string OtlpLogs { get; }
}

/// <summary>Choices: pairs of value and label.</summary>
sealed record BrowserSdkShape(IReadOnlyList<IReadOnlyList<string>> Choices);

/// <summary>We serve no loader script; clients expect the names.</summary>
sealed record LoaderOptionsShape
{
    public bool HasReplay { get; }
    public bool HasPerformance { get; }
    public bool HasDebug { get; }
    public bool HasFeedback { get; }
    public bool HasLogsAndMetrics { get; }
}
