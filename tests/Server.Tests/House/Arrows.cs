using System.Text.RegularExpressions;

namespace Server.Tests.House;

/// <summary>Reads which room uses which from the source text: using directives and qualified names.</summary>
static partial class Arrows
{
    [GeneratedRegex(@"\bTocsin\.Server\.([A-Z][A-Za-z]+)")]
    static partial Regex Mention { get; }

    public static IEnumerable<(string File, string From, string To)> In(string serverDirectory) =>
        from file in Directory.EnumerateFiles(serverDirectory, "*.cs", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(serverDirectory, file)
        let parts = relative.Split(Path.DirectorySeparatorChar)
        where parts.Length > 1 && parts[0] is not ("obj" or "bin")
        from to in Mention.Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value).Distinct()
        where to != parts[0]
        select (relative, parts[0], to);
}
