using System.Text.Json.Nodes;

namespace Tocsin.Server.Errors.SecurityReports;

/// <summary>What matters of a content security policy report. Names come with underscores from our reader, with dashes from old clients.</summary>
sealed record CspReport(string? Directive, string? BlockedUri, string? DocumentUri)
{
    public static CspReport Read(JsonObject report)
    {
        var directive =
            Text(report, "effective_directive", "effective-directive")
            ?? Text(report, "violated_directive", "violated-directive");
        return new(
            directive?.Split(' ', 2)[0],
            Text(report, "blocked_uri", "blocked-uri"),
            Text(report, "document_uri", "document-uri")
        );
    }

    /// <summary><c>'self'</c>, <c>'inline'</c>, a bare scheme such as <c>data:</c>, or the host that was blocked.</summary>
    public string BlockedSource
    {
        get
        {
            var blocked = BlockedUri;
            if (string.IsNullOrEmpty(blocked) || blocked is "self" or "'self'")
            {
                return "'self'";
            }
            if (!Uri.TryCreate(blocked, UriKind.Absolute, out var uri))
            {
                return blocked is "data" or "blob" or "filesystem" ? blocked + ":"
                    : blocked.Contains('.', StringComparison.Ordinal) ? blocked
                    : $"'{blocked}'";
            }
            if (uri.Scheme is not ("http" or "https" or "ws" or "wss"))
            {
                return uri.Scheme + ":";
            }
            return Uri.TryCreate(DocumentUri, UriKind.Absolute, out var page) && page.Authority == uri.Authority
                ? "'self'"
                : uri.Authority;
        }
    }

    static string? Text(JsonObject report, string name, string older) =>
        (report[name] ?? report[older]) is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0
            ? text
            : null;
}
