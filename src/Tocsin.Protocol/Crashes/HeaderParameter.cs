using System.Text;

namespace Tocsin.Protocol.Crashes;

/// <summary>Parameters behind a header's value: <c>form-data; name="a;b"; filename=x</c>.</summary>
static class HeaderParameter
{
    /// <summary>Null: there is none of that name.</summary>
    public static string? Find(string header, string name)
    {
        var at = NextParameter(header, 0);
        while (at < header.Length)
        {
            var equals = header.IndexOf('=', at);
            if (equals < 0)
            {
                return null;
            }
            var found = header.AsSpan(at, equals - at).Trim().Equals(name, StringComparison.OrdinalIgnoreCase);
            var (value, next) = ReadValue(header, equals + 1);
            if (found)
            {
                return value;
            }
            at = NextParameter(header, next);
        }
        return null;
    }

    /// <summary>Behind the next semicolon.</summary>
    static int NextParameter(string header, int from)
    {
        var semicolon = header.IndexOf(';', from);
        return semicolon < 0 ? header.Length : semicolon + 1;
    }

    static (string Value, int Next) ReadValue(string header, int at)
    {
        while (at < header.Length && header[at] == ' ')
        {
            at++;
        }
        if (at == header.Length || header[at] != '"')
        {
            var end = NextParameter(header, at);
            var stop = end == header.Length && !header.EndsWith(';') ? end : end - 1;
            return (header[at..Math.Max(at, stop)].Trim(), Math.Max(at, stop));
        }
        var value = new StringBuilder();
        for (at++; at < header.Length && header[at] != '"'; at++)
        {
            // Browsers leave the backslashes of Windows' paths alone; only a quote is escaped.
            if (header[at] == '\\' && at + 1 < header.Length && header[at + 1] == '"')
            {
                at++;
            }
            value.Append(header[at]);
        }
        return (value.ToString(), Math.Min(at + 1, header.Length));
    }
}
