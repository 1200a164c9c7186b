using System.Globalization;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>
/// Brings the client's times to ours. A clock that is off by hours moves all times of the event; a time out of any reason becomes the time
/// of receipt. A small difference is the network's and stays.
/// </summary>
static class Clock
{
    static readonly TimeSpan Drift = TimeSpan.FromMinutes(55);
    static readonly TimeSpan Past = TimeSpan.FromDays(30);
    static readonly TimeSpan Future = TimeSpan.FromSeconds(60);

    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes)
    {
        var received = around.Received;
        if (e.Timestamp is not { } stated)
        {
            return e with { Timestamp = received };
        }
        var corrected = e.Notes.Any(note => note is { Path: "timestamp", Kind: "clock_drift" });
        if (!corrected && around.SentAt is { } sent && (received - sent).Duration() >= Drift)
        {
            notes.Add(
                new(
                    "timestamp",
                    "clock_drift",
                    Text(stated),
                    Reason: $$"""{"sdk_time":{{Text(sent)}},"server_time":{{Text(received)}}}"""
                )
            );
            e = Moved(e, received - sent);
        }
        var kind =
            e.Timestamp > received + Future ? "future_timestamp"
            : e.Timestamp < received - Past ? "past_timestamp"
            : null;
        if (kind is null)
        {
            return e;
        }
        notes.Add(new("timestamp", kind, Text(e.Timestamp!.Value), Reason: $$"""{"server_time":{{Text(received)}}}"""));
        return Moved(e, received - e.Timestamp!.Value) with { Timestamp = received };
    }

    static ErrorEvent Moved(ErrorEvent e, TimeSpan by) =>
        e with
        {
            Timestamp = Moved(e.Timestamp, by),
            Breadcrumbs = [.. e.Breadcrumbs.Select(crumb => crumb with { Timestamp = Moved(crumb.Timestamp, by) })],
        };

    // The far ends of the calendar cannot be moved; they stay where they are.
    static DateTimeOffset? Moved(DateTimeOffset? time, TimeSpan by)
    {
        if (time is not { } value)
        {
            return null;
        }
        var ticks = value.UtcTicks + by.Ticks;
        return ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks ? value : new(ticks, TimeSpan.Zero);
    }

    static string Text(DateTimeOffset time) => "\"" + time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) + "\"";
}
