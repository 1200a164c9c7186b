using Dapper;
using Tocsin.Server.Payloads;
using Tocsin.Server.Retention;
using Tocsin.Telemetry;

namespace Simulation.World;

/// <summary>How a world's days pass: whether nights come, and for how many days after its own what is kept; null: for ever.</summary>
sealed record Calendar(int? Errors, int? Spans, int? Quarantine, bool HasNights)
{
    /// <summary>Steps from one night to the next, on average.</summary>
    const int NightsApart = 200;

    const int ShortestNight = 6;
    const int LongestNight = 31;

    /// <summary>Nothing leaves, and no night comes.</summary>
    public static readonly Calendar Endless = new(null, null, null, HasNights: false);

    static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Grace = TimeSpan.FromMinutes(30);

    int? Outcomes => Errors is { } errors && Spans is { } spans ? Math.Max(errors, spans) : null;

    public static Calendar Of(Random chance)
    {
        return new(Errors: One(1, 2, 2), Spans: One(1, 1, 2), Quarantine: One(1, 1, 2), HasNights: chance.Next(2) == 0);

        int? One(params ReadOnlySpan<int> of) => chance.Next(of.Length + 1) is var at && at < of.Length ? of[at] : null;
    }

    public bool Ends(Random chance) => HasNights && chance.Next(NightsApart) == 0;

    /// <summary>Hours in which nothing happens.</summary>
    public static TimeSpan Night(Random chance) => TimeSpan.FromHours(chance.Next(ShortestNight, LongestNight));

    /// <summary>Where days end, now and then as long as until somebody looks after them.</summary>
    public TimeSpan Pause(Random chance) => HasNights && chance.Next(4) == 0 ? Look : TimeSpan.FromMilliseconds(chance.Next(50));

    public RetentionOptions Options(Bug bug)
    {
        var early = bug == Bug.DroppedADayEarly ? 1 : 0;
        return new()
        {
            Errors = Errors - early,
            Spans = Spans - early,
            Quarantine = Quarantine,
            Grace = Grace,
            Look = Look,
            Quietly = (work, cancellation) =>
                Task.Factory.StartNew(work, cancellation, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current),
        };
    }

    /// <summary>What of a day was kept long enough.</summary>
    public RowKinds Due(DateOnly day, DateOnly today) =>
        (IsDue(day, today, Errors) ? RowKinds.Events : RowKinds.None)
        | (IsDue(day, today, Spans) ? RowKinds.Spans : RowKinds.None)
        | (IsDue(day, today, Outcomes) ? RowKinds.Outcomes : RowKinds.None);

    public bool QuarantineIsDue(DateOnly day, DateOnly today) => IsDue(day, today, Quarantine);

    /// <summary>What should have been done to a day by now; null: nothing.</summary>
    public string? Overdue(Life life, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var rows = life.Telemetry.Days.ToDictionary(day => day.Day);
        var bodies = life.Payloads.Days.Select(ArrivalDay.ToDate).ToHashSet();
        using var connection = life.Metadata.OpenAsync(CancellationToken.None).GetAwaiter().GetResult();
        var quarantined = connection.Query<long>("SELECT DISTINCT day FROM quarantine").ToHashSet();
        foreach (var day in rows.Keys.Union(bodies).Order().SkipLast(1).Where(day => day < today))
        {
            var (due, kinds) = (Due(day, today), rows.GetValueOrDefault(day)?.Kinds ?? RowKinds.None);
            if (due == RowKinds.All || (due & kinds) != RowKinds.None)
            {
                return $"{due} of {day:o} is to be dropped";
            }
            if (QuarantineIsDue(day, today) && quarantined.Contains(ArrivalDay.Of(day)))
            {
                return $"the quarantine of {day:o} is to be forgotten";
            }
            if (now - new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) < Grace)
            {
                continue;
            }
            if (kinds != RowKinds.None && !rows[day].IsClosed)
            {
                return $"{day:o} is to be closed";
            }
            if (bodies.Contains(day) && !life.Payloads.IsPacked(ArrivalDay.Of(day)))
            {
                return $"{day:o} is to be packed";
            }
        }
        return connection.QuerySingle<long>("SELECT COUNT(*) FROM dropped_days WHERE finished IS NULL") > 0
            ? "a day is dropped in part"
            : null;
    }

    static bool IsDue(DateOnly day, DateOnly today, int? kept) => today.DayNumber - day.DayNumber > kept;
}
