using System.Text.Json;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Issues;

/// <summary>
/// What an archived issue is measured against: its counts when the watch began. Changed: the status change it belongs to; a watch of an
/// earlier archiving is void. Ceiling: events per day beyond which an issue that was archived until it escalates comes back.
/// </summary>
sealed record ArchiveWatch(long Changed, long Since, long Times, long Users, long Ceiling)
{
    const long Minute = 60_000_000;
    const long Day = 24 * 60 * Minute;
    const long LeastCeiling = 10;

    /// <summary>An issue may grow to so many times its usual day before it counts as escalating.</summary>
    const long Growth = 5;

    public static ArchiveWatch Of(Issue issue)
    {
        if (
            issue.ArchiveWatch is { } kept
            && JsonSerializer.Deserialize(kept, IssueJson.Default.ArchiveWatch) is { } watch
            && watch.Changed == issue.StatusChanged
        )
        {
            return watch;
        }
        var days = Math.Max(1, (issue.StatusChanged - issue.FirstSeen) / Day);
        return new(
            issue.StatusChanged,
            issue.StatusChanged,
            issue.TimesSeen,
            issue.UserCount,
            Math.Max(LeastCeiling, Growth * issue.TimesSeen / days)
        );
    }

    /// <summary>The substatus that the issue returns with, or null while it stays archived.</summary>
    public string? Ends(Issue issue, StatusDetails details, long times, long users, long now) =>
        issue.Substatus switch
        {
            IssueStatus.ArchivedForever => null,
            IssueStatus.ArchivedUntilEscalating => times - Times > Ceiling ? IssueStatus.Escalating : null,
            _ => IsMet(details, times, users, now) ? IssueStatus.Ongoing : null,
        };

    /// <summary>Windows follow each other without overlap: when one has passed, counting begins anew from the issue as it stood.</summary>
    public ArchiveWatch Roll(Issue before, StatusDetails details, long now)
    {
        var window =
            before.Substatus == IssueStatus.ArchivedUntilEscalating
                ? Day
                : (details.IgnoreWindow ?? details.IgnoreUserWindow) * Minute;
        if (window is not { } length || length <= 0 || now - Since < length)
        {
            return this;
        }
        var usual = (before.TimesSeen - Times) / ((now - Since) / length);
        return this with
        {
            Since = now,
            Times = before.TimesSeen,
            Users = before.UserCount,
            Ceiling = Math.Max(LeastCeiling, Growth * usual),
        };
    }

    /// <summary>The watch of an issue that others were merged into or taken out of: their events and users are no news of it.</summary>
    public static string Shift(string watch, long times, long users) =>
        JsonSerializer.Deserialize(watch, IssueJson.Default.ArchiveWatch) is { } kept
            ? JsonSerializer.Serialize(
                kept with
                {
                    Times = kept.Times + times,
                    Users = kept.Users + users,
                },
                IssueJson.Default.ArchiveWatch
            )
            : watch;

    bool IsMet(StatusDetails details, long times, long users, long now)
    {
        var until = details.IgnoreUntil is { } moment ? Microseconds.From(moment) : Changed + details.IgnoreDuration * Minute;
        return now >= until || times - Times >= details.IgnoreCount || users - Users >= details.IgnoreUserCount;
    }
}
