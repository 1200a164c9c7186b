using System.Text.RegularExpressions;

namespace Tocsin.Telemetry.Query;

/// <summary>Patterns as SQL has them, whose escape is a backslash.</summary>
static class LikePattern
{
    /// <summary>From <c>*</c> for any text and <c>\*</c> for a star.</summary>
    public static string Of(string wildcards) => Of(Parts(wildcards));

    static string Of(IEnumerable<char?> parts) =>
        string.Concat(
            parts.Select(part =>
                part switch
                {
                    null => "%",
                    '%' or '_' or '\\' => $@"\{part}",
                    _ => $"{part}",
                }
            )
        );

    /// <summary>
    /// As <see cref="Of(string)"/>, found in a text of several names with line breaks around each where one of them is like it. Null: a star within
    /// might reach over the end of a name.
    /// </summary>
    public static string? OfName(string wildcards)
    {
        var parts = Parts(wildcards).ToList();
        var first = parts.FindIndex(part => part is not null);
        var last = parts.FindLastIndex(part => part is not null);
        if (first < 0)
        {
            return "%";
        }
        var letters = parts[first..(last + 1)];
        return letters.Contains(null)
            ? null
            : $"%{(first == 0 ? "\n" : "")}{Of(letters)}{(last == parts.Count - 1 ? "\n" : "")}%";
    }

    /// <summary>The same as a regular expression of RE2, whatever stars there are.</summary>
    public static string ExpressionOfName(string wildcards) =>
        $"(?i)\n{string.Concat(Parts(wildcards).Select(part => part is { } letter ? Regex.Escape($"{letter}") : @"[^\n]*"))}\n";

    /// <summary>Letters, and null for any text.</summary>
    static IEnumerable<char?> Parts(string wildcards)
    {
        for (var at = 0; at < wildcards.Length; at++)
        {
            var letter = wildcards[at];
            if (letter == '\\' && at + 1 < wildcards.Length && wildcards[at + 1] is '*' or '\\')
            {
                yield return wildcards[++at];
            }
            else
            {
                yield return letter == '*' ? null : letter;
            }
        }
    }
}
