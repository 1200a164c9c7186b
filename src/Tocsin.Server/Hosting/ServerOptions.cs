using System.Net;
using Tocsin.Server.Countries;
using Tocsin.Server.Gateway;
using Tocsin.Server.Issues;
using Tocsin.Server.Retention;

namespace Tocsin.Server.Hosting;

/// <summary>What the operator decides, checked once at start. Sources, later wins: <c>tocsin.json</c>, environment, command line.</summary>
sealed record ServerOptions
{
    /// <summary>Absolute path of the data directory.</summary>
    public required string Data { get; init; }

    public required IPEndPoint Listen { get; init; }

    /// <summary>For OTLP over gRPC; null: not listened for.</summary>
    public IPEndPoint? OtlpGrpc { get; init; }

    /// <summary>How clients and people reach us; DSNs and links are made from it. Its path is a prefix of every route.</summary>
    public required Uri Url { get; init; }

    /// <summary>The same without a slash at its end, for paths to follow.</summary>
    public string Address => AddressOf(Url);

    /// <summary>A PostgreSQL connection string; null: SQLite in the data directory.</summary>
    public string? Metadata { get; init; }

    public string? AdminEmail { get; init; }
    public string? AdminPassword { get; init; }
    public string? BootstrapToken { get; init; }
    public string? BootstrapKey { get; init; }
    public long BootstrapProjectId { get; init; } = 1;

    /// <summary>Proxies whose X-Forwarded-For and -Proto are believed; empty: loopback only.</summary>
    public IReadOnlyList<IPAddress> TrustedProxies { get; init; } = [];

    /// <summary>Of the addresses of users.</summary>
    public CountryTable Countries { get; init; } = CountryTable.None;

    /// <summary>Quotas and sizes for what clients send.</summary>
    public GatewayOptions Gateway { get; init; } = new();

    /// <summary>How many issues a project may have begin.</summary>
    public IssueOptions Issues { get; init; } = new();

    /// <summary>Null: no bound but the machine's.</summary>
    public MemoryBudget? Memory { get; init; }

    /// <summary>How long data is kept, and how much of it.</summary>
    public RetentionOptions Retention { get; init; } = new();

    public static string AddressOf(Uri url) => url.GetLeftPart(UriPartial.Path).TrimEnd('/');

    public string JournalDirectory => Path.Combine(Data, "journal");
    public string PayloadDirectory => Path.Combine(Data, "payloads");
    public string TelemetryDirectory => Path.Combine(Data, "telemetry");
    public string MetadataFile => Path.Combine(Data, "metadata.db");
}
