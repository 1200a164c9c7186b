using System.Globalization;

namespace Tocsin.Server.Hosting;

/// <summary>
/// The settings as they were written, read one by one. The first that is wrong is remembered, and what is read instead of it only lets the
/// others be looked at.
/// </summary>
/// <param name="written">By variable.</param>
sealed class SettingValues(IReadOnlyDictionary<string, string> written)
{
    /// <summary>One sentence that names the setting; null: none was wrong so far.</summary>
    public string? Wrong { get; private set; }

    /// <summary>Null: it was not written.</summary>
    public string? Find(Setting setting) => written.GetValueOrDefault(setting.Variable);

    /// <summary>As written, else its default.</summary>
    public string Text(Setting setting) => Find(setting) ?? setting.Default;

    /// <summary>A whole number within bounds; the least where it is wrong.</summary>
    /// <param name="setting">Which.</param>
    /// <param name="must">What it must be, to be read behind "must be".</param>
    /// <param name="least">Allowed.</param>
    /// <param name="most">Allowed.</param>
    public long Number(Setting setting, string must, long least, long most)
    {
        if (
            long.TryParse(Text(setting), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
        )
        {
            return number;
        }
        Refuse(setting, must);
        return least;
    }

    /// <summary>A bound of which 0 says that there is none, which is null.</summary>
    public int? Bound(Setting setting, string must, int most = int.MaxValue) =>
        Number(setting, must, 0, most) is var number and > 0 ? (int)number : null;

    public void Refuse(Setting setting, string must) => Refuse($"{setting.Variable} must be {must}, not '{Text(setting)}'.");

    public void Refuse(string sentence) => Wrong ??= sentence;
}
