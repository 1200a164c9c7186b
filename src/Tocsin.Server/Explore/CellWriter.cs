using System.Globalization;
using Tocsin.Server.Explore.Reading;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore;

/// <summary>Stored values as the API writes them: ids in hexadecimal digits, times by ISO 8601, projects and issues by their names.</summary>
/// <param name="issues">Short ids of the issues in the answer.</param>
sealed class CellWriter(ExploreDataset dataset, IReadOnlyList<ProjectSnapshot> projects, IReadOnlyDictionary<long, string> issues)
{
    readonly Dictionary<long, string> slugs = projects.ToDictionary(project => project.Id, project => project.Slug);

    public object? Write(Column column, object? value) =>
        (column.Rendering, value) switch
        {
            (_, null) => null,
            (_, double.NaN) => null,
            (Rendering.Project, long id) => slugs.GetValueOrDefault(id),
            (Rendering.Issue, long id) => issues.GetValueOrDefault(id),
            (Rendering.User, string user) => UserKinds.Part(user, column.UserKind),
            (Rendering.Truth, string text) => text is "true" or "1",
            (Rendering.Names, string names) => NamesIn(names),
            (Rendering.List, _) => new[] { value },
            (Rendering.Opposite, bool truth) => !truth,
            (Rendering.Transaction, _) => "transaction",
            _ => Plain(column, value),
        };

    /// <summary>Of a text that holds several.</summary>
    public static string[] NamesIn(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    object Plain(Column column, object value) =>
        dataset.Fields.TypeOf(column.Expression) switch
        {
            FieldType.Time when value is long time => Microseconds.ToUtc(time),
            FieldType.Id when value is UInt128 id => id.ToString("x32", CultureInfo.InvariantCulture),
            FieldType.SpanId when value is long id => id.ToString("x16", CultureInfo.InvariantCulture),
            _ => value,
        };

    /// <summary>As the name of a series, and as the value of a facet.</summary>
    public string Text(Column column, object? value) =>
        Write(column, value) switch
        {
            null => "(no value)",
            bool truth => truth ? "true" : "false",
            object?[] list => string.Join(", ", list),
            DateTime moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            var written => Convert.ToString(written, CultureInfo.InvariantCulture) ?? "",
        };
}
