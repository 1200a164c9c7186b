using System.Globalization;
using Tocsin.Server.Retention;

namespace Tocsin.Server.Hosting;

/// <summary>The settings that say how long data is kept and how much of it.</summary>
static class RetentionSettings
{
    const int MostDays = 3650;
    const long LeastBudget = 100 << 20;

    /// <summary>Null: <paramref name="error"/> names the wrong one.</summary>
    public static RetentionOptions? Read(IReadOnlyDictionary<string, string> values, out string? error)
    {
        string? wrong = null;
        var options = new RetentionOptions
        {
            Errors = Days(Setting.RetentionErrors),
            Spans = Days(Setting.RetentionSpans),
            Quarantine = Days(Setting.RetentionQuarantine),
            DiskBudget = Budget(),
        };
        error = wrong;
        return wrong is null ? options : null;

        int? Days(Setting setting)
        {
            var text = values.GetValueOrDefault(setting.Variable, setting.Default);
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= MostDays)
            {
                return days == 0 ? null : days;
            }
            wrong ??= $"{setting.Variable} must be a number of days up to {MostDays}, or 0 to keep all, not '{text}'.";
            return null;
        }

        long? Budget()
        {
            if (!values.TryGetValue(Setting.DiskBudget.Variable, out var text))
            {
                return null;
            }
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes >= LeastBudget)
            {
                return bytes;
            }
            wrong ??= $"{Setting.DiskBudget.Variable} must be a number of bytes from {LeastBudget}, not '{text}'.";
            return null;
        }
    }
}
