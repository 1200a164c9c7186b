using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tocsin.Server.Errors.SecurityReports;

/// <summary>What a browser's content security policy report says, in the old form (<c>blocked-uri</c>) or the Reporting API's (<c>blockedURL</c>).</summary>
sealed record CspReport
{
    /// <summary>The directive's name without its sources: <c>script-src</c>.</summary>
    public string? Directive { get; init; }
    public string? BlockedUri { get; init; }
    public string? DocumentUri { get; init; }
    public string? SourceFile { get; init; }
    public string? Referrer { get; init; }

    public static CspReport Read(JsonObject report)
    {
        var directive =
            Text(report, "effective-directive", "effectiveDirective") ?? Text(report, "violated-directive", "violatedDirective");
        return new()
        {
            Directive = directive?.Split(' ', 2)[0],
            BlockedUri = Text(report, "blocked-uri", "blockedURL", "blockedURI"),
            DocumentUri = Text(report, "document-uri", "documentURL", "documentURI"),
            SourceFile = Text(report, "source-file", "sourceFile"),
            Referrer = Text(report, "referrer"),
        };
    }

    /// <summary><c>'self'</c>, <c>'inline'</c>, a bare scheme such as <c>data:</c>, or the host that was blocked.</summary>
    public string BlockedSource
    {
        get
        {
            var blocked = BlockedUri;
            if (string.IsNullOrEmpty(blocked) || blocked == "self")
            {
                return "'self'";
            }
            if (!blocked.Contains(':', StringComparison.Ordinal))
            {
                return blocked is "inline" or "eval" or "wasm-eval" or "trusted-types-policy" or "trusted-types-sink"
                    ? $"'{blocked}'"
                    : blocked;
            }
            var scheme = blocked[..blocked.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant();
            if (scheme is not ("http" or "https" or "ws" or "wss"))
            {
                return scheme + ":";
            }
            var host = HostOf(blocked);
            return host is not null && host == HostOf(DocumentUri) ? "'self'" : host ?? blocked;
        }
    }

    public string Message =>
        Directive switch
        {
            null => "Blocked content",
            _ when BlockedUri is "inline" => $"Blocked inline '{Subject}'",
            _ when BlockedUri is "eval" => $"Blocked unsafe eval() '{Subject}'",
            _ when BlockedSource == "'self'" => $"Blocked '{Subject}'",
            _ => $"Blocked '{Subject}' from '{BlockedSource.Trim('\'')}'",
        };

    string Subject =>
        Directive switch
        {
            "script-src" or "script-src-elem" or "script-src-attr" => "script",
            "style-src" or "style-src-elem" or "style-src-attr" => "style",
            "img-src" => "image",
            "font-src" => "font",
            "media-src" => "media",
            "frame-src" => "frame",
            "child-src" => "child",
            "object-src" => "object",
            "connect-src" => "connect",
            "form-action" => "form",
            "manifest-src" => "manifest",
            "worker-src" => "worker",
            var other => other!,
        };

    static string? HostOf(string? uri) => Uri.TryCreate(uri, UriKind.Absolute, out var parsed) ? parsed.Authority : null;

    static string? Text(JsonObject report, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (
                report[name] is { } value
                && value.GetValueKind() == JsonValueKind.String
                && value.GetValue<string>() is { Length: > 0 } text
            )
            {
                return text;
            }
        }
        return null;
    }
}
