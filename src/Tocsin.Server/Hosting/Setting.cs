using Tocsin.Server.Countries;

namespace Tocsin.Server.Hosting;

/// <summary>One setting: its environment variable, its key in <c>tocsin.json</c>, and the sentence that <c>--help</c> and the guide show.</summary>
sealed record Setting(string Variable, string Key, string Default, string Meaning)
{
    public static Setting Data { get; } = new("TOCSIN_DATA", "data", "./data", "Directory for everything Tocsin keeps.");

    public static Setting Listen { get; } =
        new("TOCSIN_LISTEN", "listen", "127.0.0.1:9000", "Address and port to listen on, for example 0.0.0.0:9000.");

    public static Setting OtlpGrpc { get; } =
        new(
            "TOCSIN_OTLP_GRPC",
            "otlpGrpc",
            "",
            "Address and port for OpenTelemetry over gRPC, for example 0.0.0.0:4317; without it OpenTelemetry comes in over HTTP only."
        );

    public static Setting Url { get; } =
        new(
            "TOCSIN_URL",
            "url",
            "http://<listen>",
            "Address under which clients and people reach the server; DSNs are made from it."
        );

    public static Setting Metadata { get; } =
        new(
            "TOCSIN_METADATA",
            "metadata",
            "SQLite in the data directory",
            "PostgreSQL connection string for the metadata database."
        );

    public static Setting AdminEmail { get; } =
        new("TOCSIN_ADMIN_EMAIL", "adminEmail", "", "First run: address of the first user, instead of the set-up link.");

    public static Setting AdminPassword { get; } =
        new(
            "TOCSIN_ADMIN_PASSWORD",
            "adminPassword",
            "",
            "First run: password of the first user; at least 10 characters, not a known one."
        );

    public static Setting BootstrapToken { get; } =
        new(
            "TOCSIN_BOOTSTRAP_TOKEN",
            "bootstrapToken",
            "",
            "An organisation token with every scope, for automation; at least 32 characters."
        );

    public static Setting BootstrapKey { get; } =
        new("TOCSIN_BOOTSTRAP_KEY", "bootstrapKey", "random", "Public key of the first project: 32 lowercase hex digits.");

    public static Setting BootstrapProjectId { get; } =
        new("TOCSIN_BOOTSTRAP_PROJECT_ID", "bootstrapProjectId", "1", "Id of the first project.");

    public static Setting TrustedProxies { get; } =
        new(
            "TOCSIN_TRUSTED_PROXIES",
            "trustedProxies",
            "loopback",
            "Comma-separated addresses whose X-Forwarded-For is believed."
        );

    public static Setting GeoCountries { get; } =
        new(
            "TOCSIN_GEO_COUNTRIES",
            "geoCountries",
            $"{CountryFile.UsualName} in the data directory, if there is one",
            "File in the MaxMind DB format (.mmdb) that says in which country an address is."
        );

    public static Setting KeyQuota { get; } =
        new(
            "TOCSIN_KEY_QUOTA",
            "keyQuota",
            "",
            "Errors that a client key may send when it has no limit of its own, as count/seconds, for example 1000/60."
        );

    public static Setting ProjectQuota { get; } =
        new("TOCSIN_PROJECT_QUOTA", "projectQuota", "", "The same for a project, all its keys together.");

    public static Setting KeyRequests { get; } =
        new("TOCSIN_KEY_REQUESTS", "keyRequests", "", "Requests of any kind per client key, as count/seconds.");

    public static Setting MaxEvent { get; } = new("TOCSIN_MAX_EVENT", "maxEvent", "1", "Largest event or transaction, MiB.");

    public static Setting MaxAttachments { get; } =
        new("TOCSIN_MAX_ATTACHMENTS", "maxAttachments", "100", "Largest attachments of one envelope together, MiB.");

    public static Setting MaxEnvelope { get; } =
        new("TOCSIN_MAX_ENVELOPE", "maxEnvelope", "100", "Largest envelope after decompression, MiB.");

    public static Setting MaxCompressed { get; } =
        new("TOCSIN_MAX_COMPRESSED", "maxCompressed", "20", "Largest compressed body as received, MiB.");

    public static Setting RetentionErrors { get; } =
        new("TOCSIN_RETENTION_ERRORS", "retentionErrors", "90", "Days that errors are kept; 0: for ever.");

    public static Setting RetentionSpans { get; } =
        new("TOCSIN_RETENTION_SPANS", "retentionSpans", "30", "Days that transactions and spans are kept; 0: for ever.");

    public static Setting RetentionQuarantine { get; } =
        new(
            "TOCSIN_RETENTION_QUARANTINE",
            "retentionQuarantine",
            "30",
            "Days that items are kept which could not be processed; 0: for ever."
        );

    public static Setting DiskBudget { get; } =
        new(
            "TOCSIN_DISK_BUDGET",
            "diskBudget",
            "",
            "Bytes that the data may take; beyond it the oldest days go first, their spans before their errors."
        );

    public static Setting Memory { get; } =
        new(
            "TOCSIN_MEMORY",
            "memory",
            "",
            "MiB that the process may take, the engines' included; without it what it needs, which is below 1024 unless larger envelopes are allowed."
        );

    public static Setting AddressConnections { get; } =
        new(
            "TOCSIN_ADDRESS_CONNECTIONS",
            "addressConnections",
            "2000",
            "Open connections that one address may have; 0: any number."
        );

    public static Setting NewIssues { get; } =
        new(
            "TOCSIN_NEW_ISSUES",
            "newIssues",
            "5000",
            "Issues that may begin in one project within an hour; what would begin more is gathered in one issue of the project. 0: any number."
        );

    public static IReadOnlyList<Setting> All { get; } =
    [
        Data,
        Listen,
        OtlpGrpc,
        Url,
        Metadata,
        AdminEmail,
        AdminPassword,
        BootstrapToken,
        BootstrapKey,
        BootstrapProjectId,
        TrustedProxies,
        GeoCountries,
        KeyQuota,
        ProjectQuota,
        KeyRequests,
        MaxEvent,
        MaxAttachments,
        MaxEnvelope,
        MaxCompressed,
        Memory,
        AddressConnections,
        NewIssues,
        RetentionErrors,
        RetentionSpans,
        RetentionQuarantine,
        DiskBudget,
    ];
}
