using System.Text;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Grouping.Fingerprints;

/// <summary>The <c>{{ name }}</c> variables of fingerprints and titles. What the event does not have becomes <c>&lt;no-name&gt;</c>.</summary>
static class FingerprintVariables
{
    /// <summary>A text that names a long message over and over stays as it is from there on: it is only hashed.</summary>
    const int Longest = 16 * 1024;

    public static bool IsDefault(string value) => NameOf(value) is "default";

    /// <summary>The variable's name when the whole value is one; else null.</summary>
    public static string? NameOf(string value)
    {
        var trimmed = value.AsSpan().Trim();
        return trimmed.StartsWith("{{") && trimmed.EndsWith("}}") && trimmed.Length > 4 ? trimmed[2..^2].Trim().ToString() : null;
    }

    /// <summary>Replaces every variable inside the text.</summary>
    public static string Fill(string text, ErrorEvent e)
    {
        var filled = new StringBuilder();
        var done = 0;
        while (filled.Length < Longest && text.IndexOf("{{", done, StringComparison.Ordinal) is var open and >= 0)
        {
            var close = text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                break;
            }
            var name = text[(open + 2)..close].Trim();
            filled.Append(text, done, open - done).Append(name == "default" ? text[open..(close + 2)] : Resolve(name, e));
            done = close + 2;
        }
        return done == 0 ? text : filled.Append(text, done, text.Length - done).ToString();
    }

    public static string? Tag(ErrorEvent e, string key) =>
        e.Tags.FirstOrDefault(tag => tag.Key == key)?.Value
        ?? key switch
        {
            "transaction" => e.Transaction,
            "environment" => e.Environment,
            "release" => e.Release,
            "dist" => e.Dist,
            "level" => e.Level,
            "logger" => e.Logger,
            _ => null,
        };

    static string Resolve(string name, ErrorEvent e)
    {
        if (name.StartsWith("tags.", StringComparison.Ordinal))
        {
            return Tag(e, name["tags.".Length..]) ?? "<no-value-for-tag-" + name["tags.".Length..] + ">";
        }
        var frame = EventFrames.CrashFrame(e);
        var exception = EventFrames.MainException(e);
        var (value, placeholder) = name switch
        {
            "transaction" => (e.Transaction, "<no-transaction>"),
            "type" or "error.type" => (exception?.Type, "<no-type>"),
            "value" or "error.value" => (exception?.Value, "<no-value>"),
            "message" => (e.LogEntry?.Formatted ?? e.LogEntry?.Message ?? exception?.Value, "<no-message>"),
            "level" => (e.Level, "<no-level>"),
            "logger" => (e.Logger, "<no-logger>"),
            "release" => (e.Release, "<no-release>"),
            "environment" => (e.Environment, "<no-environment>"),
            "function" or "stack.function" => (frame?.Function, "<no-function>"),
            "module" or "stack.module" => (frame?.Module, "<no-module>"),
            "package" or "stack.package" => (frame?.Package, "<no-package>"),
            "abs_path" or "path" or "stack.abs_path" => (frame?.AbsPath ?? frame?.Filename, "<no-abs-path>"),
            _ => (null, "<unrecognized-variable-" + name + ">"),
        };
        return string.IsNullOrEmpty(value) ? placeholder : value;
    }
}
