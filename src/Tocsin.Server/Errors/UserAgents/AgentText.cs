namespace Tocsin.Server.Errors.UserAgents;

/// <summary>Searches in a User-Agent.</summary>
static class AgentText
{
    public static bool Has(this string agent, string part) => agent.Contains(part, StringComparison.Ordinal);

    /// <summary>The version after a mark, at most three numbers: "131.0.6778" after "Chrome/". Null when the mark is missing.</summary>
    public static string? VersionAfter(this string agent, string mark, char separator = '.')
    {
        var at = agent.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }
        var rest = agent.AsSpan(at + mark.Length);
        var end = 0;
        var parts = 0;
        while (end < rest.Length && (char.IsAsciiDigit(rest[end]) || rest[end] == separator))
        {
            if (rest[end] == separator && (++parts == 3 || end + 1 >= rest.Length || !char.IsAsciiDigit(rest[end + 1])))
            {
                break;
            }
            end++;
        }
        return rest[..end].ToString().Replace(separator, '.');
    }

    public static AgentPart Named(string name, string? version) => new(name, string.IsNullOrEmpty(version) ? null : version);
}
