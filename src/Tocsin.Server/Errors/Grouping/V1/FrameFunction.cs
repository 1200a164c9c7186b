using System.Text.RegularExpressions;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>The function's name without what changes from build to build, by language.</summary>
static partial class FrameFunction
{
    public static FramePart Of(Frame frame, string platform)
    {
        var sent = platform == "csharp" ? frame.RawFunction ?? frame.Function : frame.Function ?? frame.RawFunction;
        if (string.IsNullOrWhiteSpace(sent))
        {
            return default;
        }
        var (name, ignored) = platform switch
        {
            "javascript" or "node" => Script(sent),
            "ruby" => (Ruby(sent), null),
            "php" => (Php(sent), null),
            "java" or "groovy" => (
                sent,
                sent.StartsWith("lambda$", StringComparison.Ordinal) ? "a lambda's generated name" : null
            ),
            "native" or "c" or "cocoa" or "objc" or "swift" or "rust" => Native(sent),
            _ => (sent, null),
        };
        return ignored is not null ? FramePart.Ignored(sent, ignored)
            : name.Length == 0 ? default
            : FramePart.Counted(name, name == sent ? null : "trimmed");
    }

    static (string Name, string? Ignored) Script(string function)
    {
        var name = function[(function.LastIndexOf('.') + 1)..];
        var unknown =
            name is "" or "?" or "<anonymous function>" or "<anonymous>" or "Anonymous function" or "anonymous" or "<unknown>"
            || name.EndsWith("/<", StringComparison.Ordinal);
        return (name, unknown ? "no name" : null);
    }

    static string Ruby(string function) =>
        function.StartsWith("block ", StringComparison.Ordinal) ? "block" : TemplateSuffix.Replace(function, "");

    static string Php(string function)
    {
        if (
            !function.StartsWith("class@anonymous", StringComparison.Ordinal)
            && !function.StartsWith("[Anonymous", StringComparison.Ordinal)
        )
        {
            return function;
        }
        var method = function.LastIndexOf("::", StringComparison.Ordinal);
        return method < 0 ? "class@anonymous" : function[(method + 2)..];
    }

    static (string Name, string? Ignored) Native(string function) =>
        function is "<redacted>" or "<unknown>" ? (function, "no name") : (NativeFunction.Trim(function), null);

    // Rails numbers compiled templates: _app_views_users_show_html_erb__1234567890_42
    [GeneratedRegex(@"__\d+_\d+$", RegexOptions.NonBacktracking)]
    static partial Regex TemplateSuffix { get; }
}
