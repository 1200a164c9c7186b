using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Api;

/// <summary>
/// The period asked for: <c>statsPeriod</c> (<c>30m</c>, <c>24h</c>, <c>14d</c>, <c>2w</c>), or <c>start</c> and <c>end</c> (ISO 8601, UTC when
/// no zone is given), or <c>statsPeriodStart</c> and <c>statsPeriodEnd</c> (how long ago it begins and ends). None: null.
/// </summary>
sealed record PeriodRequest(TimeRange? Range) : IEndpointParameterMetadataProvider
{
    static readonly TimeSpan Longest = TimeSpan.FromDays(3660);

    public static ValueTask<PeriodRequest> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var now = Metadata.Microseconds.Now(context.RequestServices.GetRequiredService<TimeProvider>());
        if ((string?)query["statsPeriod"] is { Length: > 0 } period)
        {
            if (!TryDuration(period, out var length))
            {
                throw new BadHttpRequestException("Invalid statsPeriod: a number and one of m, h, d, w, such as 24h.");
            }
            // One microsecond on, because the range is half-open and an event may carry this very moment.
            return new(new PeriodRequest(new TimeRange(now - Metadata.Microseconds.From(length), now + 1)));
        }
        var start = Moment(query["start"], "start") ?? Before(now, query["statsPeriodStart"], "statsPeriodStart");
        var end = Moment(query["end"], "end") ?? Before(now, query["statsPeriodEnd"], "statsPeriodEnd");
        if (start is null && end is null)
        {
            return new(new PeriodRequest((TimeRange?)null));
        }
        var range = new TimeRange(start ?? 0, end ?? now + 1);
        return range.From < range.To
            ? new(new PeriodRequest(range))
            : throw new BadHttpRequestException("Invalid period: start must be before end.");
    }

    /// <summary>The asked range, or the last so many days.</summary>
    public TimeRange OrLast(TimeSpan length, TimeProvider time)
    {
        var now = Metadata.Microseconds.Now(time);
        return Range ?? new(now - Metadata.Microseconds.From(length), now + 1);
    }

    public static bool TryDuration(string text, out TimeSpan length)
    {
        length = default;
        if (
            text.Length < 2
            || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        )
        {
            return false;
        }
        double? seconds = text[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86400,
            'w' => 604800,
            _ => null,
        };
        if (seconds is not { } unit || count == 0 || count * unit > Longest.TotalSeconds)
        {
            return false;
        }
        length = TimeSpan.FromSeconds(count * unit);
        return true;
    }

    /// <summary>So long ago.</summary>
    static long? Before(long now, string? length, string name) =>
        string.IsNullOrEmpty(length) ? null
        : TryDuration(length, out var ago) ? now - Metadata.Microseconds.From(ago)
        : throw new BadHttpRequestException($"Invalid {name}: a number and one of m, h, d, w, such as 24h.");

    static long? Moment(string? text, string name)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        const int zone = 6;
        // A plus that nobody escaped has become a space: 2026-11-20T21:00:00 02:00.
        if (text.Length > zone && text[^zone] == ' ' && text[^3] == ':' && text.Contains('T', StringComparison.Ordinal))
        {
            text = $"{text[..^zone]}+{text[^(zone - 1)..]}";
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out var moment)
            ? Metadata.Microseconds.From(moment)
            : throw new BadHttpRequestException($"Invalid {name}: a date such as 2026-11-20T21:00:00Z.");
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        foreach (var described in QueryParameter.OfPeriod)
        {
            builder.Metadata.Add(described);
        }
    }
}
