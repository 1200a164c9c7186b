using Tocsin.Server.Issues.Search;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Issues;

/// <summary>
/// The SQL that finds a page among very many issues. The indexes are sorted within one project and status, so that each of these is asked for
/// its first ones, and the page is picked from what they answer: no database sorts a hundred thousand rows to show a hundred.
/// </summary>
sealed class IssueSelection
{
    /// <summary>Beyond it the statement would cost more than the sorting.</summary>
    const int MostParts = 64;
    const int MostCharacters = 64 << 10;

    readonly IReadOnlyList<string> parts;
    readonly string sort;

    /// <param name="projects">At least one.</param>
    /// <param name="criteria">Refers to the issue as <c>i</c> and to its project as <c>p</c>.</param>
    /// <param name="sort">Newest or largest first.</param>
    public IssueSelection(IReadOnlyList<long> projects, IssueCriteria criteria, IssueSort sort)
    {
        this.sort = Column(sort);
        var conditions = criteria.Sql;
        var parts = projects.Count * criteria.Statuses.Count;
        this.parts =
            parts is 0 or > MostParts || parts * conditions.Length > MostCharacters
                ? [Part($"i.project_id IN {SqlList.Of(projects)} AND i.status <> '{IssueStatus.Merged}' AND {conditions}")]
                :
                [
                    .. projects.SelectMany(project =>
                        criteria.Statuses.Select(status =>
                            Part($"i.project_id = {project} AND i.status = '{status}' AND {conditions}")
                        )
                    ),
                ];
    }

    /// <summary>The rows of <see cref="IssueRow"/>. Needs <c>@Reach</c>, which is the limit and the offset together.</summary>
    public string Page =>
        $"""
            WITH reached (id, sort) AS ({string.Join(
                " UNION ALL ",
                parts.Select(
                    (part, i) => $"SELECT * FROM ({part} ORDER BY {this.sort} DESC, i.id DESC LIMIT @Reach) AS part{i}"
                )
            )}),
            page (id) AS (SELECT id FROM reached ORDER BY sort DESC, id DESC LIMIT @Limit OFFSET @Offset)
            {IssueRow.Select} WHERE i.id IN (SELECT id FROM page) ORDER BY {this.sort} DESC, i.id DESC
            """;

    /// <summary>How many there are, up to <c>@MaxHits</c>.</summary>
    public string Hits =>
        $"SELECT COUNT(*) FROM (SELECT 1 FROM ({string.Join(" UNION ALL ", parts)}) AS matching LIMIT @MaxHits) AS hits";

    string Part(string conditions) =>
        $"SELECT i.id AS id, {this.sort} AS sort FROM issues i JOIN projects p ON p.id = i.project_id WHERE {conditions}";

    static string Column(IssueSort sort) =>
        sort switch
        {
            IssueSort.New => "i.first_seen",
            IssueSort.Freq => "i.times_seen",
            IssueSort.User => "i.user_count",
            _ => "i.last_seen",
        };
}
