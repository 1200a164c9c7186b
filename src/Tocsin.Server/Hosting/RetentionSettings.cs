using Tocsin.Server.Retention;

namespace Tocsin.Server.Hosting;

/// <summary>The settings that say how long data is kept and how much of it.</summary>
static class RetentionSettings
{
    const int MostDays = 3650;
    const long LeastBudget = 100 << 20;

    public static RetentionOptions Read(SettingValues values) =>
        new()
        {
            Errors = Days(values, Setting.RetentionErrors),
            Spans = Days(values, Setting.RetentionSpans),
            Quarantine = Days(values, Setting.RetentionQuarantine),
            DiskBudget = values.Find(Setting.DiskBudget) is null
                ? null
                : values.Number(Setting.DiskBudget, $"a number of bytes from {LeastBudget}", LeastBudget, long.MaxValue),
        };

    static int? Days(SettingValues values, Setting setting) =>
        values.Bound(setting, $"a number of days up to {MostDays}, or 0 to keep all", MostDays);
}
