using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore.Reading;

/// <summary>Names that stand for no stored column, or for one that only the product can write out.</summary>
static class SpecialFields
{
    static readonly Expression Start = new Expression.Field("timestamp") / 1e6;

    public static Column? Find(string name, ExploreDataset dataset) =>
        OfAll(name) ?? (dataset.IsOfSpans ? OfSpans(name, dataset) : OfEvents(name));

    static Column? OfAll(string name) =>
        name switch
        {
            "project" or "project.name" or "project_name" => Plain(name, "project.id", ColumnType.Text, Rendering.Project),
            "timestamp.to_hour" => new(name, new Expression.Bucket(TimeSpan.FromHours(1)), ColumnType.Date),
            "timestamp.to_day" => new(name, new Expression.Bucket(TimeSpan.FromDays(1)), ColumnType.Date),
            _ => null,
        };

    static Column? OfSpans(string name, ExploreDataset dataset) =>
        name switch
        {
            "id" when dataset.IsOfTransactions => Plain(name, "transaction.event_id", ColumnType.Text),
            "title" or "message" when dataset.IsOfTransactions => Plain(name, "transaction", ColumnType.Text),
            "event.type" when dataset.IsOfTransactions => Plain(name, "is_transaction", ColumnType.Text, Rendering.Transaction),
            "span_id" or "span.id" => Plain(name, "id", ColumnType.Text),
            "precise.start_ts" => new(name, Start, ColumnType.Seconds),
            "precise.finish_ts" => new(name, Start + new Expression.Field("span.duration") / 1e3, ColumnType.Seconds),
            "cache.hit" => new(name, new Expression.Tag(name), ColumnType.Truth) { Rendering = Rendering.Truth },
            "user.display" => Plain(name, "user", ColumnType.Text, Rendering.User),
            _ when UserKinds.Named(name) is { } kind => Plain(name, "user", ColumnType.Text, Rendering.User) with
            {
                UserKind = kind,
            },
            _ when VitalScores.Named(name) is { } score => new(name, score, ColumnType.Number),
            _ when MeasuredAttributes.TypeOf(name) is { } type => new(
                name,
                new Expression.Number(new Expression.Tag(name)),
                type
            ),
            _ => null,
        };

    static Column? OfEvents(string name) =>
        name switch
        {
            "issue" => Plain(name, "issue.id", ColumnType.Text, Rendering.Issue),
            "error.type" or "error.value" => Plain(name, name, ColumnType.List, Rendering.List),
            "error.unhandled" => Plain(name, "error.handled", ColumnType.Truth, Rendering.Opposite),
            "error.mechanism" => new(name, new Expression.Tag("mechanism"), ColumnType.List) { Rendering = Rendering.List },
            _ => null,
        };

    public static IEnumerable<Column> OfEveryRow(ExploreDataset dataset) =>
        [
            Find("id", dataset) ?? new("id", new Expression.Field("id"), ColumnType.Text),
            Plain("project.name", "project.id", ColumnType.Text, Rendering.Project),
        ];

    /// <summary>Of the issue that another column names.</summary>
    public static Column Number(Column issue) => new("issue.id", issue.Expression, ColumnType.Integer);

    static Column Plain(string name, string field, ColumnType type, Rendering rendering = Rendering.Plain) =>
        new(name, new Expression.Field(field), type) { Rendering = rendering };
}
