using System.Globalization;
using System.Text;

namespace Tocsin.Telemetry.Query.Search;

/// <summary>
/// A value as it was written, without its quotes; <c>*</c> is a wildcard and <c>\*</c> a star. What it can be read as is asked of it, because
/// only the key's type tells.
/// </summary>
public sealed record SearchValue(string Text, bool Quoted = false)
{
    public bool IsEmpty => Text.Length == 0;

    /// <summary>Whether a wildcard is in it.</summary>
    public bool IsPattern
    {
        get
        {
            for (var at = 0; at < Text.Length; at++)
            {
                if (Text[at] == '*')
                {
                    return true;
                }
                at += Text[at] == '\\' ? 1 : 0;
            }
            return false;
        }
    }

    /// <summary>The text itself, where it is not a pattern: <c>\*</c> is a star.</summary>
    public string Literal => Text.Replace(@"\*", "*", StringComparison.Ordinal);

    /// <summary>As <see cref="Filter.Like"/> reads it: every other character stands for itself.</summary>
    public string Pattern
    {
        get
        {
            var pattern = new StringBuilder(Text.Length);
            for (var at = 0; at < Text.Length; at++)
            {
                if (Text[at] == '\\' && at + 1 < Text.Length && Text[at + 1] is '*' or '\\')
                {
                    pattern.Append('\\').Append(Text[++at]);
                }
                else
                {
                    pattern.Append(Text[at] == '\\' ? @"\\" : Text[at].ToString());
                }
            }
            return pattern.ToString();
        }
    }

    /// <summary>Digits with an optional fraction and <c>k</c>, <c>m</c> or <c>b</c> for thousands, millions and billions.</summary>
    public bool TryNumber(out double number)
    {
        var (digits, unit) = Split();
        var factor = unit.ToLowerInvariant() switch
        {
            "" => 1,
            "k" => 1e3,
            "m" => 1e6,
            "b" => 1e9,
            _ => double.NaN,
        };
        number = digits * factor;
        return !double.IsNaN(number);
    }

    /// <summary>Digits with <c>ms s min m hr h day d wk w</c>.</summary>
    public bool TryDuration(out TimeSpan duration)
    {
        var (digits, unit) = Split();
        var milliseconds = digits * SearchUnits.Milliseconds(unit);
        duration =
            Math.Abs(milliseconds) < TimeSpan.MaxValue.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : default;
        return Math.Abs(milliseconds) < TimeSpan.MaxValue.TotalMilliseconds;
    }

    /// <summary>Digits with a unit of size: <c>bit nb bytes kb mb</c>… in thousands, <c>kib mib</c>… in 1024s.</summary>
    public bool TryBytes(out double bytes)
    {
        var (digits, unit) = Split();
        bytes = digits * SearchUnits.Bytes(unit);
        return !double.IsNaN(bytes);
    }

    /// <summary><c>10%</c> is 0.1.</summary>
    public bool TryShare(out double share)
    {
        var (digits, unit) = Split();
        share = unit == "%" ? digits / 100 : double.NaN;
        return !double.IsNaN(share);
    }

    /// <summary><c>true</c>, <c>false</c>, <c>1</c>, <c>0</c>.</summary>
    public bool TryBoolean(out bool truth)
    {
        truth = Text is "1" || Text.Equals("true", StringComparison.OrdinalIgnoreCase);
        return truth || Text is "0" || Text.Equals("false", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary><c>-24h</c>, <c>+1d</c>: a sign, digits and <c>w d h m</c>; the sign is kept.</summary>
    public bool TryAge(out TimeSpan age)
    {
        age = default;
        if (
            Text.Length < 3
            || Text[0] is not ('+' or '-')
            || !char.IsAsciiDigit(Text[1])
            || Text[^1] is not ('w' or 'd' or 'h' or 'm')
        )
        {
            return false;
        }
        return !Text.Contains('.', StringComparison.Ordinal) && TryDuration(out age);
    }

    /// <summary>
    /// A date, or a date and time by ISO 8601 (UTC unless it says otherwise), as the half-open stretch that it names: a day, a minute, a second
    /// or a microsecond.
    /// </summary>
    public bool TryTime(out DateTimeOffset from, out DateTimeOffset to)
    {
        foreach (var (format, length) in SearchUnits.TimeFormats)
        {
            if (
                DateTimeOffset.TryParseExact(
                    Text,
                    format,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                    out from
                )
                && from < DateTimeOffset.MaxValue - length
            )
            {
                to = from + length;
                return true;
            }
        }
        (from, to) = (default, default);
        return false;
    }

    (double Digits, string Unit) Split()
    {
        var end = Text.Length > 0 && Text[0] is '-' or '+' ? 1 : 0;
        while (end < Text.Length && (char.IsAsciiDigit(Text[end]) || Text[end] == '.'))
        {
            end++;
        }
        var isNumber = double.TryParse(
            Text.AsSpan(0, end),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var digits
        );
        return (isNumber ? digits : double.NaN, Text[end..]);
    }
}
