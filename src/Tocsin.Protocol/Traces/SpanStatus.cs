using System.Globalization;

namespace Tocsin.Protocol.Traces;

/// <summary>How an operation ended, under Sentry's names; those of gRPC, HTTP's codes and old aliases are mapped to them.</summary>
public static class SpanStatus
{
    public const string Ok = "ok";
    public const string Cancelled = "cancelled";
    public const string Unknown = "unknown";
    public const string InternalError = "internal_error";

    /// <summary>In the order of gRPC's numbers.</summary>
    static readonly string[] Names =
    [
        Ok,
        Cancelled,
        Unknown,
        "invalid_argument",
        "deadline_exceeded",
        "not_found",
        "already_exists",
        "permission_denied",
        "resource_exhausted",
        "failed_precondition",
        "aborted",
        "out_of_range",
        "unimplemented",
        InternalError,
        "unavailable",
        "data_loss",
        "unauthenticated",
    ];

    /// <summary>Null for what names no status.</summary>
    public static string? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }
        var name = text.Trim().ToLowerInvariant();
        if (Array.IndexOf(Names, name) is >= 0 and var known)
        {
            return Names[known];
        }
        return name switch
        {
            "success" => Ok,
            "canceled" => Cancelled,
            "unknown_error" => Unknown,
            "error" or "failure" or "internal" => InternalError,
            _ when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var code) => OfGrpc(code)
                ?? OfHttp(code),
            _ => Array.Find(Names, known => IsWritten(known, name)),
        };
    }

    /// <summary>Languages write the words of a name together (<c>DeadlineExceeded</c>), apart, or with dashes.</summary>
    static bool IsWritten(string known, string name)
    {
        var at = 0;
        foreach (var letter in name)
        {
            if (letter is '_' or '-' or ' ')
            {
                continue;
            }
            at += at < known.Length && known[at] == '_' ? 1 : 0;
            if (at >= known.Length || known[at++] != letter)
            {
                return false;
            }
        }
        return at == known.Length;
    }

    /// <summary>Null for what is no gRPC status code.</summary>
    public static string? OfGrpc(long code) => code >= 0 && code < Names.Length ? Names[code] : null;

    /// <summary>Null for what is no HTTP status code.</summary>
    public static string? OfHttp(long code) =>
        code switch
        {
            >= 100 and < 400 => Ok,
            401 => "unauthenticated",
            403 => "permission_denied",
            404 => "not_found",
            409 => "already_exists",
            413 => "failed_precondition",
            429 => "resource_exhausted",
            499 => Cancelled,
            >= 400 and < 500 => "invalid_argument",
            501 => "unimplemented",
            503 => "unavailable",
            504 => "deadline_exceeded",
            >= 500 and < 600 => InternalError,
            _ => null,
        };
}
