using Tocsin.Protocol.Envelopes;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Gateway;

/// <summary>What the gateway takes. Sizes in bytes; the defaults suit a small machine on the open internet.</summary>
sealed record GatewayOptions
{
    const long MiB = 1 << 20;

    /// <summary>Most bytes received of a body with a content encoding.</summary>
    public long Compressed { get; init; } = 20 * MiB;

    /// <summary>Beyond <see cref="RatioFrom"/> bytes a body may not be larger than this many times what was received.</summary>
    public int Ratio { get; init; } = 200;
    public long RatioFrom { get; init; } = MiB;

    /// <summary>The envelope after decoding, and the items in it.</summary>
    public EnvelopeLimits Envelope { get; init; } = new() { Envelope = 100 * MiB, Attachment = new(100 * MiB, 30, 100 * MiB) };

    /// <summary>One report of a browser: of a broken policy, of a network error.</summary>
    public int Report { get; init; } = 64 * 1024;

    /// <summary>Reports together: a browser collects them for a minute.</summary>
    public long Reports { get; init; } = MiB;

    /// <summary>An OTLP request, a log drain's.</summary>
    public long Batch { get; init; } = 12 * MiB;

    /// <summary>Bodies in memory at one time, of all requests together; beyond it clients are asked to come back.</summary>
    public long Held { get; init; } = 256 * MiB;

    /// <summary>
    /// Received bodies that are decoded and made durable at one time; beyond it the projects take turns. Enough for a slow disk's syncs to be
    /// full, and so few that whoever comes next is soon served.
    /// </summary>
    public int AtOnce { get; init; } = 32 * Environment.ProcessorCount;

    /// <summary>For keys and projects that set no limit of their own; null: none.</summary>
    public RateLimit? KeyQuota { get; init; }
    public RateLimit? ProjectQuota { get; init; }

    /// <summary>Requests of any kind per key; null: no limit. What is beyond is refused unread, whatever it holds.</summary>
    public RateLimit? KeyRequests { get; init; }

    /// <summary>Open connections; null: as many as the system allows.</summary>
    public long? Connections { get; init; } = 20_000;

    /// <summary>Open connections of one address; null: any number.</summary>
    public int? AddressConnections { get; init; } = 2_000;

    /// <summary>Bytes that wait in the journal before anybody is asked to come back for them: first who sends more than an equal share…</summary>
    public long FairFrom { get; init; } = 512 * MiB;

    /// <summary>…then everybody.</summary>
    public long MostBacklog { get; init; } = 8192 * MiB;

    /// <summary>Bytes per second below which a body is cut off, after <see cref="BodyGrace"/>.</summary>
    public double BodyRate { get; init; } = 1024;
    public TimeSpan BodyGrace { get; init; } = TimeSpan.FromSeconds(5);
    public TimeSpan HeaderTime { get; init; } = TimeSpan.FromSeconds(10);
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often counted refusals go to the journal.</summary>
    public TimeSpan LedgerInterval { get; init; } = TimeSpan.FromSeconds(1);
}
