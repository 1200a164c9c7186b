using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tocsin.Protocol;

/// <summary>
/// Where a client sends and as whom: <c>{scheme}://{public_key}[:{secret_key}]@{host}[:{port}][/{path_prefix}]/{project_id}</c>.
/// </summary>
public sealed record Dsn
{
    /// <summary><c>http</c> or <c>https</c>.</summary>
    public required string Scheme { get; init; }

    /// <summary>As written; <see cref="Protocol.PublicKey"/> says whether it is one.</summary>
    public required string PublicKey { get; init; }

    /// <summary>Only in DSNs of legacy clients; null also when it is empty.</summary>
    public string? SecretKey { get; init; }

    /// <summary>Lower case; an IPv6 address in brackets.</summary>
    public required string Host { get; init; }

    /// <summary>Null: the scheme's own, 80 or 443.</summary>
    public int? Port { get; init; }

    /// <summary>Without slashes at its ends; empty for a server at the root.</summary>
    public string PathPrefix { get; init; } = "";

    public required long ProjectId { get; init; }

    /// <summary>The prefix stands before <c>/api</c>.</summary>
    public Uri EnvelopeUrl => new($"{Scheme}://{Authority}{Prefix}/api/{ProjectId}/envelope/");

    /// <summary>False unless it names a key and a project at an http or https address. White space around it is passed over.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Dsn? dsn)
    {
        dsn = null;
        if (
            !Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || uri.Host.Length == 0
            || uri.Query.Length > 0
            || uri.Fragment.Length > 0
        )
        {
            return false;
        }
        var path = uri.AbsolutePath.Trim('/');
        var slash = path.LastIndexOf('/');
        var (key, secret) = Cut(uri.UserInfo, ':');
        if (key.Length == 0 || !TryParseProjectId(path.AsSpan(slash + 1), out var projectId))
        {
            return false;
        }
        dsn = new Dsn
        {
            Scheme = uri.Scheme,
            PublicKey = key,
            SecretKey = secret.Length > 0 ? secret : null,
            Host = uri.Host,
            Port = uri.IsDefaultPort ? null : uri.Port,
            PathPrefix = slash > 0 ? path[..slash].TrimEnd('/') : "",
            ProjectId = projectId,
        };
        return true;
    }

    /// <summary>Digits only, as in a URL's <c>/api/{project_id}/</c>; zero is no project.</summary>
    public static bool TryParseProjectId(ReadOnlySpan<char> text, out long projectId) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out projectId) && projectId > 0;

    public override string ToString() =>
        $"{Scheme}://{PublicKey}{(SecretKey is null ? "" : ":" + SecretKey)}@{Authority}{Prefix}/{ProjectId}";

    string Authority => Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{Host}:{port}") : Host;

    string Prefix => PathPrefix.Length > 0 ? "/" + PathPrefix : "";

    static (string Head, string Tail) Cut(string text, char at) =>
        text.IndexOf(at) is >= 0 and var index ? (text[..index], text[(index + 1)..]) : (text, "");
}
