using System.Globalization;

namespace Tocsin.Server.Api;

/// <summary>
/// A place in a list, written <c>value:offset:is_prev</c>. Clients pass it on unread. Lists by offset use the offset alone;
/// lists by a key keep it in the value, and the offset counts the rows to skip among equal keys.
/// </summary>
readonly record struct Cursor(long Value, long Offset, bool IsPrevious)
{
    public static Cursor Start { get; }

    public static bool TryParse(string? text, out Cursor cursor)
    {
        cursor = Start;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }
        var parts = text.Split(':');
        // Sentry writes times as decimals in some cursors ("1763.0:0:0"); the whole part is enough to come back.
        if (
            parts.Length != 3
            || !long.TryParse(parts[0].Split('.')[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            || offset > int.MaxValue
            || parts[2] is not ("0" or "1")
        )
        {
            return false;
        }
        cursor = new(value, offset, parts[2] == "1");
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value}:{Offset}:{(IsPrevious ? 1 : 0)}");
}
