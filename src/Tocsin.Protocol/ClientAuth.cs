namespace Tocsin.Protocol;

/// <summary>Who a client says it is.</summary>
/// <param name="PublicKey">32 lowercase hex digits.</param>
/// <param name="Version">Protocol version, at most 7; legacy clients state 4 to 6.</param>
/// <param name="Client"><c>name/version</c> of the SDK; stands in for an event's <c>sdk</c> when that is missing.</param>
/// <param name="Secret">Sent by legacy clients only; nothing depends on it.</param>
public sealed record ClientAuth(string PublicKey, int Version, string? Client, string? Secret, AuthForm Form);

/// <summary>The place in the request where the key stood.</summary>
public enum AuthForm
{
    /// <summary>Header <c>X-Sentry-Auth</c>.</summary>
    SentryHeader,

    /// <summary>Header <c>Authorization</c>, <c>Sentry …</c> or <c>Basic …</c>.</summary>
    AuthorizationHeader,

    /// <summary>Parameter <c>sentry_key</c>: browsers, to avoid a preflight.</summary>
    Query,

    /// <summary>Part of the path: <c>/unreal/{key}/</c>, <c>/cron/{slug}/{key}/</c>.</summary>
    Path,

    /// <summary>Attribute <c>dsn</c> of the envelope header: tunnels.</summary>
    EnvelopeHeader,
}
