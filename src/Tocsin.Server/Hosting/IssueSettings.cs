using System.Globalization;
using Tocsin.Server.Issues;

namespace Tocsin.Server.Hosting;

/// <summary>The setting that bounds how many issues begin.</summary>
static class IssueSettings
{
    /// <summary>Null: <paramref name="error"/> names the wrong one.</summary>
    public static IssueOptions? Read(IReadOnlyDictionary<string, string> values, out string? error)
    {
        var text = values.GetValueOrDefault(Setting.NewIssues.Variable, Setting.NewIssues.Default);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            error = $"{Setting.NewIssues.Variable} must be a whole number, 0 for any, not '{text}'.";
            return null;
        }
        error = null;
        return new() { NewPerHour = count == 0 ? null : count };
    }
}
