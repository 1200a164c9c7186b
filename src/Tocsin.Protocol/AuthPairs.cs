namespace Tocsin.Protocol;

/// <summary>The <c>sentry_…</c> pairs of one form, before they are judged. Unknown pairs are ignored.</summary>
sealed class AuthPairs(AuthForm form)
{
    public AuthForm Form { get; } = form;
    public string? Key { get; set; }
    public string? Version { get; set; }
    public string? Client { get; set; }
    public string? Secret { get; set; }

    /// <summary>
    /// <c>Sentry sentry_key=…, sentry_version=7</c>; .NET and Java write no space after the comma, clients made by hand quotes around the values.
    /// </summary>
    public static AuthPairs FromHeader(string header, AuthForm form)
    {
        var pairs = new AuthPairs(form);
        var rest = header.AsSpan().Trim();
        if (rest.StartsWith("Sentry ", StringComparison.OrdinalIgnoreCase))
        {
            rest = rest[7..];
        }
        foreach (var range in rest.Split(','))
        {
            var pair = rest[range];
            if (pair.IndexOf('=') is >= 0 and var equals)
            {
                pairs.Set(pair[..equals].Trim(), pair[(equals + 1)..].Trim().Trim('"').ToString());
            }
        }
        return pairs;
    }

    /// <summary>Null when the query names no <c>sentry_key</c>: other <c>sentry_</c> parameters describe the payload.</summary>
    public static AuthPairs? FromQuery(string? query)
    {
        if (query is null || !query.Contains("sentry_key", StringComparison.Ordinal))
        {
            return null;
        }
        var pairs = new AuthPairs(AuthForm.Query);
        var rest = query.AsSpan().TrimStart('?');
        foreach (var range in rest.Split('&'))
        {
            var pair = rest[range];
            if (pair.IndexOf('=') is >= 0 and var equals)
            {
                pairs.Set(pair[..equals], QueryText.Decode(pair[(equals + 1)..]));
            }
        }
        return pairs.Key is null ? null : pairs;
    }

    void Set(ReadOnlySpan<char> name, string value)
    {
        switch (name)
        {
            case "sentry_key":
                Key ??= value;
                break;
            case "sentry_version":
                Version ??= value;
                break;
            case "sentry_client":
                Client ??= value;
                break;
            case "sentry_secret":
                Secret ??= value;
                break;
        }
    }
}
