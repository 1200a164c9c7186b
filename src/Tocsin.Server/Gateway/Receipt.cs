using System.Net;

namespace Tocsin.Server.Gateway;

/// <summary>Which door a body came through; it decides how the body is read.</summary>
enum Door
{
    Envelope = 0,
    Store = 1,
    Security = 2,
    Minidump = 3,
    Otlp = 4,
    Nel = 5,
    Unreal = 6,
    CheckIn = 7,

    /// <summary>Files added to an event that was sent before.</summary>
    Attachments = 8,

    /// <summary>Logs that a hosting platform forwards; the path names it.</summary>
    Drain = 9,

    /// <summary>Refusals counted by the gateway: the body is a list of <see cref="RefusedCount"/>, not a client's.</summary>
    Outcomes = 32,

    /// <summary>What the server found out itself, looking at what it had stored: the path names the kind of item. Nothing was received.</summary>
    Findings = 33,
}

/// <summary>
/// The head of one journal record: all that the worker needs beside the body, which follows as it was received.
/// </summary>
sealed record Receipt
{
    public required Door Door { get; init; }
    public required long ProjectId { get; init; }
    public long? KeyId { get; init; }

    /// <summary>Microseconds since 1970 UTC.</summary>
    public required long Received { get; init; }

    /// <summary>The id that was answered; wins over one in the payload.</summary>
    public EventId? EventId { get; init; }

    /// <summary><c>gzip</c>, <c>deflate</c>, <c>br</c>, <c>zstd</c>; empty: the body is plain.</summary>
    public string Encoding { get; init; } = "";
    public string? ContentType { get; init; }

    /// <summary>Path after the project id, for doors with several (<c>integration/otlp/v1/traces</c>).</summary>
    public string? Path { get; init; }

    /// <summary>Query parameters that belong to the payload (<c>sentry_release</c>, <c>sentry_environment</c>, <c>sentry_data</c>).</summary>
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    /// <summary><c>name/version</c> from <c>sentry_client</c>.</summary>
    public string? Client { get; init; }
    public IPAddress? RemoteAddress { get; init; }
    public string? UserAgent { get; init; }
    public string? Origin { get; init; }

    /// <summary><c>Sec-CH-UA…</c> headers by lower-case name: browsers no longer tell all in the user agent.</summary>
    public IReadOnlyDictionary<string, string>? ClientHints { get; init; }

    /// <summary>Items of the envelope, by index, that the quota refused: counted already, not to be processed.</summary>
    public IReadOnlyList<int> Refused { get; init; } = [];

    /// <summary>The quarantine entry that this record plays again.</summary>
    public long? ReplayOf { get; init; }
}
