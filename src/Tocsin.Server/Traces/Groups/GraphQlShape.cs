using System.Text;
using System.Text.RegularExpressions;

namespace Tocsin.Server.Traces.Groups;

/// <summary>A GraphQL operation: by its name where it has one, else the document without the values in it.</summary>
static partial class GraphQlShape
{
    public static SpanGroup Of(string document, string? kind, string? name)
    {
        if (name is { Length: > 0 })
        {
            var operation = kind ?? "query";
            return SpanGroup.Of($"{operation} {name}", action: operation);
        }
        if (Operation.Match(document) is { Success: true } named)
        {
            var operation = named.Groups["kind"].Value;
            return SpanGroup.Of($"{operation} {named.Groups["name"].Value}", action: operation);
        }
        return document.Contains('{', StringComparison.Ordinal)
            ? SpanGroup.Of(
                WithoutValues(document),
                action: document.TrimStart().StartsWith("mutation", StringComparison.Ordinal) ? "mutation" : "query"
            )
            : SpanGroup.Of(KeyShape.OfSentence(document), action: kind);
    }

    static string WithoutValues(string document)
    {
        var output = new StringBuilder(document.Length);
        for (var at = 0; at < document.Length; at++)
        {
            var letter = document[at];
            if (letter == '"')
            {
                var end = document.IndexOf('"', at + 1);
                at = end < 0 ? document.Length : end;
                output.Append('*');
            }
            else if (char.IsAsciiDigit(letter) && (at == 0 || !char.IsLetterOrDigit(document[at - 1]) && document[at - 1] != '_'))
            {
                while (at + 1 < document.Length && (char.IsAsciiDigit(document[at + 1]) || document[at + 1] == '.'))
                {
                    at++;
                }
                output.Append('*');
            }
            else if (!char.IsWhiteSpace(letter))
            {
                output.Append(letter);
            }
            else if (output.Length > 0 && output[^1] != ' ')
            {
                output.Append(' ');
            }
        }
        return output.ToString().Trim();
    }

    [GeneratedRegex(@"^\s*(?<kind>query|mutation|subscription)\s+(?<name>[A-Za-z_][A-Za-z0-9_]*)", RegexOptions.NonBacktracking)]
    static partial Regex Operation { get; }
}
