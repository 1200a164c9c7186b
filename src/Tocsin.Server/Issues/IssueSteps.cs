using Tocsin.Server.Api;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Issues;

/// <summary>How wide the steps of a chart are.</summary>
static class IssueSteps
{
    const int MostSteps = 10_000;

    static readonly TimeSpan[] Usual =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(4),
        TimeSpan.FromHours(12),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(7),
    ];

    /// <summary>The asked step, or the narrowest usual one that gives at most 100 bars.</summary>
    public static bool TryChoose(TimeRange range, string? asked, out TimeSpan step)
    {
        var length = TimeSpan.FromMicroseconds(range.To - range.From);
        step = Usual.FirstOrDefault(usual => length / usual <= 100, Usual[^1]);
        return string.IsNullOrEmpty(asked) || (PeriodRequest.TryDuration(asked, out step) && length / step <= MostSteps);
    }
}
