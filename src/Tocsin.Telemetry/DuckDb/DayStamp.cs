using System.Globalization;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// Which day a file is of, in a table of one row. Questions go by the times of rows, but days are dropped and built anew by their names: a file
/// in another one's place would leave with that one's day. So it is damage, and both are built anew.
/// </summary>
static class DayStamp
{
    const string Table = "of_day";

    public static string Create(string catalog, DateOnly day) => $"CREATE TABLE {catalog}.{Table} AS SELECT '{Text(day)}' AS day";

    public static string Select(string catalog) => $"SELECT day FROM {catalog}.{Table}";

    /// <summary>Null when nothing is wrong, else what is.</summary>
    /// <param name="row">Of <see cref="Select"/>.</param>
    public static string? Examine(object?[] row, DateOnly day) =>
        row[0] is string found && found == Text(day) ? null : $"this is the file of {row[0]}, in the place of another day's";

    static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
