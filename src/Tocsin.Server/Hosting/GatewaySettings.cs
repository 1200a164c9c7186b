using System.Globalization;
using Tocsin.Server.Gateway;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Hosting;

/// <summary>The settings that bound what clients may send.</summary>
static class GatewaySettings
{
    const int MiB = 1 << 20;

    /// <summary>A record of the journal holds no more.</summary>
    const int MostMiB = 200;

    /// <summary>Null: <paramref name="error"/> names the wrong one.</summary>
    public static GatewayOptions? Read(IReadOnlyDictionary<string, string> values, out string? error)
    {
        string? wrong = null;
        var usual = new GatewayOptions();
        var largestEvent = Size(Setting.MaxEvent);
        var attachments = Size(Setting.MaxAttachments);
        var envelope = Size(Setting.MaxEnvelope);
        var options = usual with
        {
            KeyQuota = Limit(Setting.KeyQuota),
            ProjectQuota = Limit(Setting.ProjectQuota),
            KeyRequests = Limit(Setting.KeyRequests),
            Compressed = Size(Setting.MaxCompressed),
            AddressConnections = Connections(),
            // One envelope of the largest size never waits for itself.
            Held = Math.Max(usual.Held, 2 * envelope),
            Envelope = usual.Envelope with
            {
                Envelope = envelope,
                Event = usual.Envelope.Event with { Item = largestEvent, Total = largestEvent },
                Attachment = usual.Envelope.Attachment with { Item = attachments, Total = attachments },
            },
        };
        error = wrong;
        return wrong is null ? options : null;

        int? Connections()
        {
            var text = values.GetValueOrDefault(Setting.AddressConnections.Variable, Setting.AddressConnections.Default);
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                wrong ??= $"{Setting.AddressConnections.Variable} must be a whole number, 0 for any, not '{text}'.";
            }
            return count == 0 ? null : count;
        }

        long Size(Setting setting)
        {
            var text = values.GetValueOrDefault(setting.Variable, setting.Default);
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size is < 1 or > MostMiB)
            {
                wrong ??= $"{setting.Variable} must be a whole number of MiB from 1 to {MostMiB}, not '{text}'.";
            }
            return (long)size * MiB;
        }

        RateLimit? Limit(Setting setting)
        {
            if (!values.TryGetValue(setting.Variable, out var text))
            {
                return null;
            }
            var parts = text.Split('/');
            if (
                parts.Length == 2
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                && count > 0
                && seconds > 0
            )
            {
                return new(count, seconds);
            }
            wrong ??= $"{setting.Variable} must be a count and seconds such as 1000/60, not '{text}'.";
            return null;
        }
    }
}
