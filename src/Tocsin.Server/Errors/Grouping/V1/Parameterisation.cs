using System.Text;
using System.Text.RegularExpressions;

namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>
/// Replaces the parts of a message that differ from one occurrence to the next by their kind: <c>user 7 at 10.0.0.1</c> becomes
/// <c>user &lt;int&gt; at &lt;ip&gt;</c>. The kinds are tried in order over the whole text; every pattern runs in linear time.
/// </summary>
static partial class Parameterisation
{
    const int Longest = 8192;

    static readonly Kind[] Kinds =
    [
        new("email", Email, text => text.Contains('@')),
        new("url", Url, text => text.Contains("://", StringComparison.Ordinal)),
        new("hostname", Hostname, text => text.Contains('.')),
        new("ip", Ip4, text => text.Contains('.'), ParameterChecks.IsIp4),
        new("ip", Ip6, text => text.Contains(':'), ParameterChecks.IsIp6),
        new("traceparent", TraceParent, text => text.Contains('-')),
        new("uuid", Uuid, text => text.Contains('-')),
        new("sha1", Sha1, HasDigit),
        new("md5", Md5, HasDigit),
        new("date", Date, HasDigit, ParameterChecks.StandsAlone),
        new("duration", Duration, HasDigit),
        new("hex", Hex, HasDigit, ParameterChecks.IsHex),
        new("git_sha", GitSha, HasDigit, ParameterChecks.IsGitSha),
        new("float", Float, text => text.Contains('.') && HasDigit(text)),
        new("int", Int, HasDigit),
        new("quoted_str", Quoted, text => text.Contains('=')) { Kept = 1 },
        new("bool", Bool, text => text.Contains('=')) { Kept = 1 },
    ];

    public static string Apply(string text) => text.Length > Longest ? text : ApplyToAny(text);

    /// <summary>Without the limit, so that tests can show how time grows.</summary>
    internal static string ApplyToAny(string text)
    {
        foreach (var kind in Kinds)
        {
            text = kind.MayOccur(text) ? Replace(text, kind) : text;
        }
        return text;
    }

    static string Replace(string text, Kind kind)
    {
        StringBuilder? replaced = null;
        var done = 0;
        foreach (var match in kind.Pattern.EnumerateMatches(text))
        {
            var start = match.Index + kind.Kept;
            if (kind.Accepts?.Invoke(text, match.Index, match.Index + match.Length) == false)
            {
                continue;
            }
            // A minus that joins two words belongs to neither number.
            start += text[match.Index] == '-' && ParameterChecks.JoinsWords(text, match.Index) ? 1 : 0;
            replaced ??= new(text.Length);
            replaced.Append(text, done, start - done).Append('<').Append(kind.Name).Append('>');
            done = match.Index + match.Length;
        }
        return replaced is null ? text : replaced.Append(text, done, text.Length - done).ToString();
    }

    static bool HasDigit(string text) => text.AsSpan().ContainsAnyInRange('0', '9');

    /// <summary>Kept: characters at the beginning of a match that stay.</summary>
    sealed record Kind(string Name, Regex Pattern, Func<string, bool> MayOccur, Func<string, int, int, bool>? Accepts = null)
    {
        public int Kept { get; init; }
    }

    const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+", Linear)]
    static partial Regex Email { get; }

    [GeneratedRegex(@"\b(?:https?|wss?|ftp|file)://[^\s""'<>]+", Linear | RegexOptions.IgnoreCase)]
    static partial Regex Url { get; }

    [GeneratedRegex(
        @"\b(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,62})\.)+(?:com|net|org|edu|gov|mil|biz|uk|de|fr|eu|jp|cn|ru|br|au|nl|ch)\b",
        Linear
    )]
    static partial Regex Hostname { get; }

    [GeneratedRegex(@"\b[0-9]{1,3}(?:\.[0-9]{1,3}){3}\b", Linear)]
    static partial Regex Ip4 { get; }

    [GeneratedRegex(@"[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,8}", Linear)]
    static partial Regex Ip6 { get; }

    [GeneratedRegex(@"\b(?:00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]|1-[0-9a-f]{8}-[0-9a-f]{24})\b", Linear)]
    static partial Regex TraceParent { get; }

    [GeneratedRegex(@"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b", Linear)]
    static partial Regex Uuid { get; }

    [GeneratedRegex(@"\b[0-9a-fA-F]{40}\b", Linear)]
    static partial Regex Sha1 { get; }

    [GeneratedRegex(@"\b[0-9a-fA-F]{32}\b", Linear)]
    static partial Regex Md5 { get; }

    // ISO with and without time and zone; compact ISO; slashes and dots; named months as in HTTP, mail, JavaScript and ctime; time of day.
    [GeneratedRegex(
        """
            [0-9]{4}[-/][0-9]{2}[-/][0-9]{2}(?:(?:T|[ ])[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?(?:[ ]?(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?)?
            | [0-9]{8}T[0-9]{6}Z?
            | [0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{4}(?:,?[ ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[ ][AP]M)?)?
            | (?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},?[ ])?[0-9]{1,2}[ -](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}[ -][0-9]{2,4}(?:[ ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?(?:[ ](?:GMT|UTC|[+-][0-9]{4}))?
            | (?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},?[ ])?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}[ ][ ]?[0-9]{1,2}(?:,?[ ][0-9]{4})?(?:[ ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?(?:[ ][0-9]{4})?(?:[ ](?:GMT|UTC)(?:[+-][0-9]{4})?)?
            | [0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?
            """,
        Linear | RegexOptions.IgnorePatternWhitespace
    )]
    static partial Regex Date { get; }

    [GeneratedRegex(@"\b[0-9]+(?:\.[0-9]+)?(?:ns|us|µs|ms|s)\b", Linear)]
    static partial Regex Duration { get; }

    [GeneratedRegex(@"\b(?:0[xX][0-9a-fA-F]+|[0-9a-fA-F]{8,128})\b", Linear)]
    static partial Regex Hex { get; }

    [GeneratedRegex(@"\b[0-9a-f]{7}\b", Linear)]
    static partial Regex GitSha { get; }

    [GeneratedRegex(@"-?\b[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?\b", Linear)]
    static partial Regex Float { get; }

    [GeneratedRegex(@"-?\b[0-9]{1,7}\b", Linear)]
    static partial Regex Int { get; }

    [GeneratedRegex("=(?:'[^'\n]*'|\"[^\"\n]*\")", Linear)]
    static partial Regex Quoted { get; }

    [GeneratedRegex(@"=(?:true|false|True|False)\b", Linear)]
    static partial Regex Bool { get; }
}
