using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore.Reading;

/// <summary>Names that stand for no stored column, or for one that only the product can write out.</summary>
static class SpecialFields
{
    public static Column? Find(string name, ExploreDataset dataset) =>
        name switch
        {
            "project" or "project.name" or "project_name" => Plain(name, "project.id", ColumnType.Text, Rendering.Project),
            "timestamp.to_hour" => new(name, new Expression.Bucket(TimeSpan.FromHours(1)), ColumnType.Date),
            "timestamp.to_day" => new(name, new Expression.Bucket(TimeSpan.FromDays(1)), ColumnType.Date),
            "user.display" => Plain(name, "user", ColumnType.Text, Rendering.User),
            "span_id" or "span.id" when dataset.IsOfSpans => Plain(name, "id", ColumnType.Text),
            "precise.start_ts" when dataset.IsOfSpans => Plain(name, "timestamp", ColumnType.Date),
            "event.type" when dataset.Only is not null => Plain(name, "is_transaction", ColumnType.Text, Rendering.Transaction),
            "id" when dataset.Only is not null => Plain(name, "transaction.event_id", ColumnType.Text),
            "title" or "message" when dataset.IsOfSpans => Plain(name, "transaction", ColumnType.Text),
            "issue" when !dataset.IsOfSpans => Plain(name, "issue.id", ColumnType.Text, Rendering.Issue),
            "error.type" or "error.value" when !dataset.IsOfSpans => Plain(name, name, ColumnType.List, Rendering.List),
            "error.unhandled" when !dataset.IsOfSpans => Plain(name, "error.handled", ColumnType.Truth, Rendering.Opposite),
            _ => null,
        };

    public static IEnumerable<Column> OfEveryRow(ExploreDataset dataset) =>
        [
            Find("id", dataset) ?? new("id", new Expression.Field("id"), ColumnType.Text),
            Plain("project.name", "project.id", ColumnType.Text, Rendering.Project),
        ];

    static Column Plain(string name, string field, ColumnType type, Rendering rendering = Rendering.Plain) =>
        new(name, new Expression.Field(field), type) { Rendering = rendering };
}
