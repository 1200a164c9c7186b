namespace Tocsin.Protocol;

/// <summary>
/// Why a request is not accepted, word for word as clients expect it: the answer's body is
/// <c>{"detail": Message, "causes": [Cause]}</c>, without <c>causes</c> when there is none.
/// </summary>
/// <param name="Status">The HTTP status: 400, 401 or 413.</param>
/// <param name="Reason">The outcome's reason among Sentry's for <c>invalid</c>: <c>invalid_json</c>, <c>too_large:event</c>…</param>
public sealed record Refusal(int Status, string Message, string Reason, string? Cause = null)
{
    public static Refusal MissingAuthorization { get; } = new(401, "missing authorization information", "auth_client");

    public static Refusal MultipleAuthorizations { get; } = new(401, "multiple authorization payloads detected", "auth_client");

    public static Refusal BadPublicKey { get; } = new(400, "bad sentry DSN public key", "auth_client");

    public static Refusal EmptyBody { get; } = new(400, "empty request body", "no_data");

    public static Refusal BadAuthorization(string cause) => new(401, "bad x-sentry-auth header", "auth_client", cause);

    public static Refusal UnsupportedVersion(string version) =>
        new(400, $"unsupported protocol version ({version})", "auth_version");

    public static Refusal InvalidJson(string cause) => new(400, $"invalid JSON data: {cause}", "invalid_json");

    public static Refusal InvalidProtobuf { get; } = new(400, "invalid protobuf message", "invalid_otlp");

    public static Refusal InvalidTransaction(string cause) => new(400, "invalid transaction", "invalid_transaction", cause);

    public static Refusal InvalidSpan(string cause) => new(400, "invalid span", "invalid_span", cause);

    public static Refusal InvalidEnvelope(string cause) => new(400, "invalid event envelope", "invalid_envelope", cause);

    /// <summary>A limit of <see cref="Envelopes.EnvelopeLimits"/> is broken.</summary>
    /// <param name="itemType">The item that broke it; <c>envelope</c> for the whole.</param>
    public static Refusal TooLarge(string itemType)
    {
        // Reasons are kept and counted apart: a client must not make up any number of them.
        var counted = itemType == "envelope" || ItemType.IsKnown(itemType) ? itemType : "unknown";
        return new(
            413,
            $"envelope exceeded size limits for type '{itemType}' (https://develop.sentry.dev/sdk/envelopes/#size-limits)",
            $"too_large:{counted}"
        );
    }
}
