using System.Net;
using Tocsin.Protocol.Envelopes;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>What the server knows of an event beside its payload.</summary>
sealed record Circumstances
{
    public required DateTimeOffset Received { get; init; }

    /// <summary>By the client's clock, from the envelope's header.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Describes the client for events that do not; null for what came in no envelope.</summary>
    public EnvelopeHeader? Envelope { get; init; }

    /// <summary>The id that was answered; it wins over the payload's.</summary>
    public EventId? EventId { get; init; }

    /// <summary>Who connected, for users that ask for <c>{{auto}}</c>.</summary>
    public IPAddress? ClientAddress { get; init; }

    /// <summary><c>name/version</c> of the client, from the authentication.</summary>
    public string? Client { get; init; }
    public string? UserAgent { get; init; }

    /// <summary>By header name in lower case; null: none came.</summary>
    public IReadOnlyDictionary<string, string>? ClientHints { get; init; }

    /// <summary>A browser's own report (CSP and its like): always about the one who connected.</summary>
    public bool IsSecurityReport { get; init; }

    /// <summary>False: its bytes hold no NUL, written out or escaped.</summary>
    public bool MayHoldNul { get; init; } = true;

    /// <summary>From a report's address; browsers know neither.</summary>
    public string? Release { get; init; }
    public string? Environment { get; init; }
}
