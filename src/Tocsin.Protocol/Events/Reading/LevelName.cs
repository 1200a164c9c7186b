using System.Globalization;
using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Reading;

/// <summary>Severities: the protocol's five, what other loggers call them, and Python's numbers.</summary>
static class LevelName
{
    public static string? Read(ref JsonCursor cursor)
    {
        if (cursor.IsNull)
        {
            return null;
        }
        var known = cursor.Token is JsonTokenType.String or JsonTokenType.Number ? Find(cursor.PeekText()) : null;
        if (known is null)
        {
            cursor.SetAside("unknown level");
        }
        return known;
    }

    static string? Find(string text) =>
        text.ToLowerInvariant() switch
        {
            "fatal" or "critical" or "crit" or "emergency" or "alert" or "panic" => "fatal",
            "error" or "err" => "error",
            "warning" or "warn" => "warning",
            "info" or "log" or "notice" or "information" or "sample" => "info",
            "debug" or "trace" or "verbose" => "debug",
            var other => double.TryParse(other, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? Of(number)
                : null,
        };

    /// <summary>Own levels of a Python program lie between the tens.</summary>
    static string? Of(double number) =>
        number switch
        {
            >= 50 => "fatal",
            >= 40 => "error",
            >= 30 => "warning",
            >= 20 => "info",
            >= 0 => "debug",
            _ => null,
        };
}
