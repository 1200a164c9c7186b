using System.Text.RegularExpressions;

namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>Replaces what JVM tools number anew at each start, so that proxies and generated accessors of one class stay one.</summary>
static partial class JavaNames
{
    public static string WithoutNumbers(string name)
    {
        if (name.Contains("GeneratedMethodAccessor", StringComparison.Ordinal))
        {
            name = Accessor.Replace(name, "GeneratedMethodAccessor");
        }
        if (!name.Contains('$'))
        {
            return name;
        }
        name = Cglib.Replace(name, "$1<auto>");
        name = Javassist.Replace(name, "$1<auto>");
        return Clojure.Replace(name, "$1<auto>");
    }

    [GeneratedRegex(@"GeneratedMethodAccessor\d+", RegexOptions.NonBacktracking)]
    static partial Regex Accessor { get; }

    [GeneratedRegex(@"(\$\$(?:FastClass|Enhancer)[A-Za-z]*CGLIB\$\$)[0-9a-f]{1,16}", RegexOptions.NonBacktracking)]
    static partial Regex Cglib { get; }

    [GeneratedRegex(@"(\$\$_javassist(?:_seam)?_)[0-9a-f]{1,16}", RegexOptions.NonBacktracking)]
    static partial Regex Javassist { get; }

    [GeneratedRegex(@"(\$fn__)\d+", RegexOptions.NonBacktracking)]
    static partial Regex Clojure { get; }
}
