using Tocsin.Protocol;

namespace Tocsin.Server.Gateway;

/// <summary>Refusals that know projects and HTTP; those about bytes are the protocol's own.</summary>
static class Refusals
{
    /// <summary>Unknown or disabled key, disabled project, or a project that is not the key's: from outside they look alike.</summary>
    public static Refusal ProjectId { get; } = new(403, "event submission rejected with_reason: ProjectId", "project_id");

    public static Refusal BadProject { get; } = new(400, "bad project path parameter", "project_id");

    public static Refusal BadEventId { get; } = new(400, "invalid event id", "invalid_event_id");

    public static Refusal MissingStatus { get; } = new(400, "missing field `status`", "invalid_check_in");

    public static Refusal TooManyEncodings { get; } = new(400, "too many content encodings", "payload");

    public static Refusal RateLimited { get; } =
        new(
            429,
            "Sentry dropped data due to a quota or internal rate limit being reached. This will not affect your application. "
                + "See https://docs.sentry.io/product/accounts/quotas/ for more information.",
            "rate_limited"
        );

    public static Refusal NotFound { get; } = new(404, "The requested resource does not exist", "not_found");

    public static Refusal WrongMethod { get; } = new(405, "method not allowed", "wrong_method");

    public static Refusal NeedsHttp2 { get; } = new(505, "gRPC needs HTTP/2, on the address of TOCSIN_OTLP_GRPC", "wrong_method");

    /// <summary>Too many bodies in memory.</summary>
    public static Refusal Busy { get; } = new(503, "too many requests at once", "busy");

    /// <summary>The journal cannot keep anything now.</summary>
    public static Refusal Unavailable { get; } = new(503, "events cannot be stored at the moment", "unavailable");
}
