using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Tocsin.Protocol;

/// <summary>
/// Reads the forms of authentication that stand outside the body. Exactly one may be present: two make the request ambiguous,
/// even when they agree.
/// </summary>
public static class AuthHeader
{
    const int NewestVersion = 7;

    /// <summary>
    /// Without any form the refusal is <see cref="Refusal.MissingAuthorization"/>; an envelope may then still name its DSN
    /// (<see cref="TryRead(Dsn, out ClientAuth?, out Refusal?)"/>).
    /// </summary>
    /// <param name="sentryAuth">Header <c>X-Sentry-Auth</c>; null or empty when absent.</param>
    /// <param name="authorization">
    /// Header <c>Authorization</c>. Schemes other than Sentry and Basic are no form of ours, and a Basic whose user is no key is the password of
    /// the page, which browsers send along.
    /// </param>
    /// <param name="query">The raw query string, with or without the question mark.</param>
    /// <param name="pathKey">The key in the path, of routes that have one.</param>
    /// <param name="takesBearer">
    /// For exporters that know no Sentry: where there is no other form, <c>Authorization</c> may hold the key or the DSN, behind <c>Bearer</c>,
    /// <c>DSN</c> or nothing.
    /// </param>
    public static bool TryRead(
        string? sentryAuth,
        string? authorization,
        string? query,
        string? pathKey,
        [NotNullWhen(true)] out ClientAuth? auth,
        [NotNullWhen(false)] out Refusal? refusal,
        bool takesBearer = false
    )
    {
        AuthPairs? found = null;
        var forms = 0;
        if (!string.IsNullOrWhiteSpace(sentryAuth))
        {
            found = AuthPairs.FromHeader(sentryAuth, AuthForm.SentryHeader);
            forms++;
        }
        if (ReadAuthorization(authorization) is { } header)
        {
            found = header;
            forms++;
        }
        if (AuthPairs.FromQuery(query) is { } parameters)
        {
            found = parameters;
            forms++;
        }
        if (!string.IsNullOrEmpty(pathKey))
        {
            found = new(AuthForm.Path) { Key = pathKey };
            forms++;
        }
        if (forms == 0 && takesBearer && !string.IsNullOrWhiteSpace(authorization))
        {
            found = ReadBearer(authorization);
            forms++;
        }
        auth = null;
        refusal = forms switch
        {
            0 => Refusal.MissingAuthorization,
            1 => Check(found!, out auth),
            _ => Refusal.MultipleAuthorizations,
        };
        return refusal is null && auth is not null;
    }

    /// <summary>The <c>dsn</c> of an envelope header as the only authentication.</summary>
    public static bool TryRead(Dsn dsn, [NotNullWhen(true)] out ClientAuth? auth, [NotNullWhen(false)] out Refusal? refusal)
    {
        refusal = Check(new(AuthForm.EnvelopeHeader) { Key = dsn.PublicKey, Secret = dsn.SecretKey }, out auth);
        return refusal is null && auth is not null;
    }

    static AuthPairs? ReadAuthorization(string? header)
    {
        if (header is null)
        {
            return null;
        }
        if (header.StartsWith("Sentry ", StringComparison.OrdinalIgnoreCase))
        {
            return AuthPairs.FromHeader(header, AuthForm.AuthorizationHeader);
        }
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        var encoded = header.AsSpan(6).Trim();
        var bytes = new byte[encoded.Length];
        var pair = Convert.TryFromBase64Chars(encoded, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
        var user = pair.Split(':')[0];
        return PublicKey.TryParse(user, out _) ? new(AuthForm.AuthorizationHeader) { Key = user } : null;
    }

    static AuthPairs ReadBearer(string header)
    {
        var text = header.AsSpan().Trim();
        foreach (var scheme in (ReadOnlySpan<string>)["Bearer ", "DSN "])
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                text = text[scheme.Length..].Trim();
                break;
            }
        }
        var key = text.ToString();
        return Dsn.TryParse(key, out var dsn)
            ? new(AuthForm.AuthorizationHeader) { Key = dsn.PublicKey, Secret = dsn.SecretKey }
            : new(AuthForm.AuthorizationHeader) { Key = key };
    }

    static Refusal? Check(AuthPairs pairs, out ClientAuth? auth)
    {
        auth = null;
        if (string.IsNullOrEmpty(pairs.Key))
        {
            return Refusal.BadAuthorization("missing public key in auth header");
        }
        if (!TryReadVersion(pairs.Version, out var version))
        {
            return Refusal.BadAuthorization("invalid protocol version in auth header");
        }
        if (version > NewestVersion)
        {
            return Refusal.UnsupportedVersion(pairs.Version!);
        }
        if (!PublicKey.TryParse(pairs.Key, out var key))
        {
            return Refusal.BadPublicKey;
        }
        auth = new(key, version, NullIfEmpty(pairs.Client), NullIfEmpty(pairs.Secret), pairs.Form);
        return null;
    }

    /// <summary>Very old clients wrote <c>2.0</c>.</summary>
    static bool TryReadVersion(string? text, out int version)
    {
        version = NewestVersion;
        return string.IsNullOrEmpty(text)
            || int.TryParse(text.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out version);
    }

    static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
