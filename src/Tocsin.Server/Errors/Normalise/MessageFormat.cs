using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>
/// Fills a message template as the languages of the clients do: <c>%s</c>, <c>%d</c>, <c>%(name)s</c> in printf's way, <c>{}</c>, <c>{0}</c>,
/// <c>{name}</c> in the other. Which one is meant is seen from the template itself.
/// </summary>
static class MessageFormat
{
    /// <summary>Of the text some eight thousand characters are kept: a template that names one long value over and over is not filled to its end.</summary>
    const int Enough = 16 * 1024;

    /// <summary>False when parameters are missing or not nameable; without parameters the template is the text.</summary>
    public static bool TryFormat(string template, JsonNode? parameters, out string formatted)
    {
        formatted = template;
        if (parameters is null or JsonArray { Count: 0 } or JsonObject { Count: 0 } || !template.AsSpan().ContainsAny('%', '{'))
        {
            return true;
        }
        var arguments = parameters as JsonArray ?? (parameters is JsonObject ? null : [parameters.DeepClone()]);
        var names = parameters as JsonObject;
        var filled = template.Contains('%') ? Printf(template, arguments, names) : null;
        filled ??= template.Contains('{') ? Braces(template, arguments, names) : null;
        formatted = filled ?? template;
        return filled is not null;
    }

    static string? Printf(string template, JsonArray? arguments, JsonObject? names)
    {
        var text = new StringBuilder(template.Length);
        var next = 0;
        var filled = false;
        for (var i = 0; i < template.Length && text.Length < Enough; i++)
        {
            if (template[i] != '%')
            {
                text.Append(template[i]);
                continue;
            }
            if (i + 1 < template.Length && template[i + 1] == '%')
            {
                text.Append('%');
                i++;
                continue;
            }
            var at = i + 1;
            string? name = null;
            if (at < template.Length && template[at] == '(' && template.IndexOf(')', at) is var close and > 0)
            {
                name = template[(at + 1)..close];
                at = close + 1;
            }
            while (at < template.Length && "0123456789.-+ #lhzj".Contains(template[at], StringComparison.Ordinal))
            {
                at++;
            }
            if (at >= template.Length || !"sdifgexXourcaGE@pv".Contains(template[at], StringComparison.Ordinal))
            {
                return null;
            }
            if (!TryTake(name, arguments, names, ref next, out var value))
            {
                return null;
            }
            text.Append(value);
            filled = true;
            i = at;
        }
        return filled || text.Length >= Enough ? text.ToString() : null;
    }

    static string? Braces(string template, JsonArray? arguments, JsonObject? names)
    {
        var text = new StringBuilder(template.Length);
        var next = 0;
        var filled = false;
        for (var i = 0; i < template.Length && text.Length < Enough; i++)
        {
            var c = template[i];
            if ((c is '{' or '}') && i + 1 < template.Length && template[i + 1] == c)
            {
                text.Append(c);
                i++;
                continue;
            }
            if (c != '{')
            {
                text.Append(c);
                continue;
            }
            var close = template.IndexOf('}', i);
            if (close < 0)
            {
                return null;
            }
            // A format after the name (":0.2f", ",-10", "!r", ":l") changes the looks only.
            var hole = template.AsSpan(i + 1, close - i - 1);
            var end = hole.IndexOfAny(":,!");
            var name = (end < 0 ? hole : hole[..end]).Trim().TrimStart("@$").ToString();
            if (!TryTake(name.Length == 0 ? null : name, arguments, names, ref next, out var value))
            {
                return null;
            }
            text.Append(value);
            filled = true;
            i = close;
        }
        return filled || text.Length >= Enough ? text.ToString() : null;
    }

    static bool TryTake(string? name, JsonArray? arguments, JsonObject? names, ref int next, out string value)
    {
        value = "";
        if (names is not null)
        {
            if (!names.TryGetPropertyValue(name ?? (next++).ToString(CultureInfo.InvariantCulture), out var named))
            {
                return false;
            }
            value = TextOf(named);
            return true;
        }
        // Names with a list of values stand for their places, as .NET's loggers have it.
        var index = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : next++;
        if (arguments is null || index >= arguments.Count)
        {
            return false;
        }
        value = TextOf(arguments[index]);
        return true;
    }

    static string TextOf(JsonNode? node) =>
        node is null ? "null"
        : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>()
        : node.ToJsonString();
}
