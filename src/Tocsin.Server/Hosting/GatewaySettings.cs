using System.Globalization;
using Tocsin.Server.Gateway;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Hosting;

/// <summary>The settings that bound what clients may send.</summary>
static class GatewaySettings
{
    /// <summary>A record of the journal holds no more.</summary>
    const int MostMiB = 200;

    public static GatewayOptions Read(SettingValues values)
    {
        var usual = new GatewayOptions();
        var largestEvent = Size(values, Setting.MaxEvent);
        var attachments = Size(values, Setting.MaxAttachments);
        var envelope = Size(values, Setting.MaxEnvelope);
        return usual with
        {
            KeyQuota = Limit(values, Setting.KeyQuota),
            ProjectQuota = Limit(values, Setting.ProjectQuota),
            KeyRequests = Limit(values, Setting.KeyRequests),
            Compressed = Size(values, Setting.MaxCompressed),
            AddressConnections = values.Bound(Setting.AddressConnections, "a whole number, 0 for any"),
            // One envelope of the largest size never waits for itself.
            Held = Math.Max(usual.Held, 2 * envelope),
            Envelope = usual.Envelope with
            {
                Envelope = envelope,
                Event = usual.Envelope.Event with { Item = largestEvent, Total = largestEvent },
                Attachment = usual.Envelope.Attachment with { Item = attachments, Total = attachments },
            },
        };
    }

    static long Size(SettingValues values, Setting setting) =>
        values.Number(setting, $"a whole number of MiB from 1 to {MostMiB}", 1, MostMiB) << 20;

    /// <summary>Null: none is set.</summary>
    static RateLimit? Limit(SettingValues values, Setting setting)
    {
        if (values.Find(setting) is not { } text)
        {
            return null;
        }
        if (
            text.Split('/') is [var events, var window]
            && int.TryParse(events, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && int.TryParse(window, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && count > 0
            && seconds > 0
        )
        {
            return new(count, seconds);
        }
        values.Refuse(setting, "a count and seconds such as 1000/60");
        return null;
    }
}
