using System.Text;

namespace Tocsin.Telemetry.Query;

/// <summary>Patterns as SQL has them, whose escape is a backslash.</summary>
static class LikePattern
{
    /// <summary>From <c>*</c> for any text and <c>\*</c> for a star.</summary>
    public static string Of(string wildcards)
    {
        var pattern = new StringBuilder(wildcards.Length + 8);
        for (var at = 0; at < wildcards.Length; at++)
        {
            var letter = wildcards[at];
            if (letter == '\\' && at + 1 < wildcards.Length && wildcards[at + 1] is '*' or '\\')
            {
                at++;
                pattern.Append(wildcards[at] == '\\' ? @"\\" : "*");
            }
            else
            {
                pattern.Append(
                    letter switch
                    {
                        '*' => "%",
                        '%' => @"\%",
                        '_' => @"\_",
                        '\\' => @"\\",
                        _ => letter.ToString(),
                    }
                );
            }
        }
        return pattern.ToString();
    }
}
