using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;

namespace Telemetry.Tests;

/// <summary>Arbitrary but valid values; a test names only what it is about.</summary>
static partial class Some
{
    public static readonly DateOnly Day = new(2026, 11, 20);

    /// <summary>Noon of <see cref="Day"/>.</summary>
    public static readonly long Noon = TimeOf(Day, TimeSpan.FromHours(12));

    public static long TimeOf(DateOnly day, TimeSpan time) =>
        (new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) + time - DateTimeOffset.UnixEpoch).Ticks
        / TimeSpan.TicksPerMicrosecond;

    public static EventRow Event(UInt128? id = null) =>
        new()
        {
            ProjectId = 1,
            EventId = id ?? 7,
            IssueId = 42,
            Timestamp = Noon,
            Received = Noon + 1_000_000,
            Type = "error",
            Level = "error",
            Title = "ValueError: nope",
        };

    public static IReadOnlyList<EventRow> Events(int count, UInt128 firstId = default) =>
        [.. Enumerable.Range(0, count).Select(number => Event(firstId + (UInt128)number))];

    public static OutcomeRow Outcome(long quantity = 1) =>
        new()
        {
            OrganizationId = 1,
            ProjectId = 1,
            Timestamp = Noon,
            Outcome = 0,
            Category = "error",
            Quantity = quantity,
        };

    public static TelemetryBatch Batch(long position, params IReadOnlyList<EventRow> events) =>
        new(position, Day) { Events = events };

    public static TelemetryQuery Query(params IReadOnlyList<string> fields) =>
        new()
        {
            Dataset = Dataset.Events,
            Range = TimeRange.All,
            Select = [.. fields.Select(name => new Selected(name, new Expression.Field(name)))],
        };

    public static TelemetryQuery Count(Filter? where = null) =>
        new()
        {
            Dataset = Dataset.Events,
            Range = TimeRange.All,
            Select = [new("n", Expression.Count)],
            Where = where,
        };
}
