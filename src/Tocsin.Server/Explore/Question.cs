using System.Collections.Frozen;
using Tocsin.Server.Api;
using Tocsin.Server.Explore.Reading;
using Tocsin.Server.Projects;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore;

/// <summary>A request that was understood, narrowed to what the caller may see.</summary>
/// <param name="Groups">Null, or which groups are answered.</param>
sealed record Question(
    ExploreDataset Dataset,
    IReadOnlyList<Column> Columns,
    IReadOnlyList<ProjectSnapshot> Projects,
    TimeRange Range,
    Filter? Rows,
    Filter? Groups,
    IReadOnlyList<Ordering> Order
)
{
    /// <summary>Issues that are shown as others.</summary>
    public IReadOnlyDictionary<long, long> Merged { get; init; } = FrozenDictionary<long, long>.Empty;

    /// <summary>Names in the query that are no fields, so that they may be slips.</summary>
    public IReadOnlyList<UnknownName> Unknown { get; init; } = [];

    /// <summary>Of what had to be asked before, as its columns or conditions hold the answer.</summary>
    public AnswerNotes Notes { get; init; } = AnswerNotes.None;

    public bool IsGrouped => Groups is not null || Columns.Any(column => column.IsAggregate);

    public IReadOnlyList<Column> Keys => [.. Columns.Where(column => !column.IsAggregate)];

    /// <summary>
    /// Of single rows clients expect the id and the project, and beside the name of an issue its number, whether they ask for them or not.
    /// </summary>
    public Question WithNames() =>
        this with
        {
            Columns =
            [
                .. Columns,
                .. Columns
                    .Where(column => column.Rendering == Rendering.Issue)
                    .Take(1)
                    .Select(SpecialFields.Number)
                    .Where(IsMissing),
                .. (IsGrouped ? [] : SpecialFields.OfEveryRow(Dataset)).Where(IsMissing),
            ],
        };

    bool IsMissing(Column column) => Columns.All(known => known.Name != column.Name);

    /// <summary>The same question with a further condition on rows.</summary>
    public Question Where(Filter? more) =>
        more is null ? this : this with { Rows = Rows is null ? more : new Filter.And([Rows, more]) };

    /// <summary>About these rows, with everything still to be selected. An organisation without projects sees nothing; no project at all would mean every one.</summary>
    public TelemetryQuery Query(params IReadOnlyList<Selected> select) =>
        new()
        {
            Dataset = Dataset.Rows,
            Projects = Projects.Count == 0 ? [0] : [.. Projects.Select(project => project.Id)],
            Merged = Merged,
            Range = Range,
            Where = Rows,
            Select = select,
        };

    public AnswerNotes NotesOf(TelemetryResult result) => Notes.With(AnswerNotes.Of(result));

    public TelemetryQuery Table(int limit, int offset) =>
        Query([.. Columns.Select(column => new Selected(column.Name, column.Expression))]) with
        {
            GroupBy = IsGrouped ? [.. Keys.Select(column => column.Expression).Distinct()] : [],
            Having = Groups,
            OrderBy = Order,
            Limit = limit,
            Offset = offset,
        };
}
