using System.Text;

namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>
/// A native function's bare name: without return type, arguments, template arguments and anonymous namespaces.
/// <c>void ns::(anonymous namespace)::run&lt;int&gt;(char const*)</c> becomes <c>ns::run</c>.
/// </summary>
static class NativeFunction
{
    public static string Trim(string function)
    {
        var name = function.Trim();
        // Objective-C methods are names as they stand.
        if (
            name.StartsWith("-[", StringComparison.Ordinal)
            || name.StartsWith("+[", StringComparison.Ordinal)
            || name.StartsWith('<')
        )
        {
            return name;
        }
        name = name.Replace("(anonymous namespace)::", "", StringComparison.Ordinal)
            .Replace("`anonymous namespace'::", "", StringComparison.Ordinal)
            .Replace("{anonymous}::", "", StringComparison.Ordinal);
        // Operators are made of the very characters that are cut away below.
        if (name.Contains("operator", StringComparison.Ordinal))
        {
            return WithoutArguments(name);
        }
        var bare = WithoutBrackets(name);
        var start = bare.LastIndexOf(' ') + 1;
        var trimmed = bare[start..].TrimStart('*', '&');
        return trimmed.Length == 0 ? name : trimmed;
    }

    static string WithoutArguments(string name)
    {
        var end = name.LastIndexOf('(');
        return end > 0 && !name.AsSpan(0, end).EndsWith("operator") ? name[..end] : name;
    }

    /// <summary>Drops everything in round and angle brackets, and what follows the argument list (<c>const</c>, a clone's mark).</summary>
    static string WithoutBrackets(string name)
    {
        var kept = new StringBuilder(name.Length);
        var angle = 0;
        var round = 0;
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (c == '(')
            {
                round++;
            }
            else if (c == ')' && round > 0)
            {
                round--;
                if (round == 0 && angle == 0 && !name.AsSpan(i + 1).StartsWith("::"))
                {
                    break;
                }
            }
            else if (round == 0 && c == '<')
            {
                angle++;
            }
            else if (round == 0 && c == '>' && angle > 0 && name[i - 1] != '-')
            {
                angle--;
            }
            else if (round == 0 && angle == 0)
            {
                kept.Append(c);
            }
        }
        return kept.ToString().Trim();
    }
}
