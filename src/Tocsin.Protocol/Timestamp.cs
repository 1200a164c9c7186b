using System.Buffers.Text;
using System.Globalization;

namespace Tocsin.Protocol;

/// <summary>
/// Points in time as clients write them: RFC 3339 with 0 to 9 fraction digits, with or without a zone (none is UTC), a space
/// in place of the <c>T</c>, without seconds, with the zone apart (<c>2026-11-20 18:00:52 +0000</c>, <c>… UTC</c>: what Ruby prints);
/// or seconds since 1970. Read to the microsecond, as UTC.
/// </summary>
public static class Timestamp
{
    const double MicrosecondsPerSecond = 1e6;

    /// <summary>As of the same text in UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[48];
        if (
            text.Length > bytes.Length
            || System.Text.Ascii.FromUtf16(text, bytes, out var length) != System.Buffers.OperationStatus.Done
        )
        {
            time = default;
            return false;
        }
        return TryParse(bytes[..length], out time);
    }

    /// <summary>A number in quotes counts as seconds.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        text = text.Trim(" \t\r\n"u8);
        if (text.Length < 10 || text[4] != '-' || text[7] != '-')
        {
            return Utf8Parser.TryParse(text, out double seconds, out var used)
                && used == text.Length
                && TryFromSeconds(seconds, out time);
        }
        if (
            !TryDigits(text[..4], out var year)
            || !TryDigits(text[5..7], out var month)
            || !TryDigits(text[8..10], out var day)
            || year < 1
            || month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
            || !TryReadTimeOfDay(text[10..], out var timeOfDay, out var zone)
        )
        {
            return false;
        }
        var ticks = new DateTime(year, month, day).Ticks + timeOfDay - zone;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }
        time = new(ticks, TimeSpan.Zero);
        return true;
    }

    /// <summary>False for what is no moment of the years 1 to 9999.</summary>
    public static bool TryFromSeconds(double seconds, out DateTimeOffset time)
    {
        time = default;
        var microseconds = Math.Round(seconds * MicrosecondsPerSecond);
        const double earliest = -62_135_596_800e6;
        const double latest = 253_402_300_799e6;
        if (!(microseconds is >= earliest and <= latest))
        {
            return false;
        }
        time = DateTimeOffset.UnixEpoch.AddTicks((long)microseconds * TimeSpan.TicksPerMicrosecond);
        return true;
    }

    /// <summary>UTC with six fraction digits; <see cref="TryParse(ReadOnlySpan{char}, out DateTimeOffset)"/> gives the same time again.</summary>
    public static string Format(DateTimeOffset time)
    {
        Span<char> text = stackalloc char[FormattedLength + 1];
        return Format(time, text).ToString();
    }

    /// <summary>Into <paramref name="room"/>, which has place for <see cref="FormattedLength"/> characters and one more.</summary>
    internal static ReadOnlySpan<char> Format(DateTimeOffset time, Span<char> room)
    {
        // The framework's round-trip form has a seventh digit; it is the only form that it writes without looking at a pattern.
        time.UtcDateTime.TryFormat(room, out _, "O", CultureInfo.InvariantCulture);
        room[FormattedLength - 1] = 'Z';
        return room[..FormattedLength];
    }

    internal const int FormattedLength = 27;

    static bool TryReadTimeOfDay(ReadOnlySpan<byte> text, out long ticks, out long zone)
    {
        (ticks, zone) = (0, 0);
        if (text.IsEmpty)
        {
            return true;
        }
        var second = 0;
        if (
            text.Length < 6
            || text[0] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || text[3] != ':'
            || !TryDigits(text[1..3], out var hour)
            || !TryDigits(text[4..6], out var minute)
            || hour > 23
            || minute > 59
        )
        {
            return false;
        }
        text = text[6..];
        var hasSeconds = text is [(byte)':', ..];
        if (hasSeconds && (text.Length < 3 || !TryDigits(text[1..3], out second) || second > 60))
        {
            return false;
        }
        ticks = (hour * 3600L + minute * 60L + second) * TimeSpan.TicksPerSecond;
        text = hasSeconds ? text[3..] : text;
        if (hasSeconds && text is [(byte)'.' or (byte)',', ..])
        {
            var digits = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 0 and var end ? end : text.Length - 1;
            ticks += Microseconds(text.Slice(1, digits)) * TimeSpan.TicksPerMicrosecond;
            text = text[(digits + 1)..];
        }
        return TryReadZone(text, out zone);
    }

    static bool TryReadZone(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        text = text.TrimStart((byte)' ');
        if (text.IsEmpty || text is [(byte)'Z' or (byte)'z'] || text.SequenceEqual("UTC"u8) || text.SequenceEqual("GMT"u8))
        {
            return true;
        }
        var digits = text.Length switch
        {
            6 when text[3] == ':' => text[4..],
            5 => text[3..],
            3 => "00"u8,
            _ => [],
        };
        if (
            digits.IsEmpty
            || text[0] is not ((byte)'+' or (byte)'-')
            || !TryDigits(text[1..3], out var hours)
            || !TryDigits(digits, out var minutes)
        )
        {
            return false;
        }
        ticks = (hours * 60L + minutes) * TimeSpan.TicksPerMinute * (text[0] == '-' ? -1 : 1);
        return hours < 24 && minutes < 60;
    }

    static long Microseconds(ReadOnlySpan<byte> fraction)
    {
        var value = 0L;
        for (var i = 0; i < 6; i++)
        {
            value = value * 10 + (i < fraction.Length ? fraction[i] - '0' : 0);
        }
        return value;
    }

    static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }
            value = value * 10 + digit - '0';
        }
        return true;
    }
}
