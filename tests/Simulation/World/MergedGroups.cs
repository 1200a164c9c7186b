using System.Globalization;
using Dapper;

namespace Simulation.World;

/// <summary>An issue and the one that it is shown as.</summary>
readonly record struct MergedInto(long Strand, long Parent);

/// <summary>
/// Which issues are one, as text that two looks can be compared by. Known: since the last answer. Tried: what a call without an answer may have
/// made of them; null: there is none.
/// </summary>
sealed record MergedGroups(string Known, string? Tried = null)
{
    public static MergedGroups None { get; } = new("");

    public bool Allows(string found) => found == Known || found == Tried;

    /// <summary>Without those of which no issue is left: they went with their last day.</summary>
    public MergedGroups Among(IReadOnlySet<long> issues) =>
        new(Among(Known, issues), Tried is null ? null : Among(Tried, issues));

    static string Among(string groups, IReadOnlySet<long> issues) =>
        string.Join(
            ' ',
            groups
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(group => group.Split('+').Any(id => issues.Contains(long.Parse(id, CultureInfo.InvariantCulture))))
        );

    public static async Task<List<MergedInto>> ReadAsync(Life life)
    {
        await using var connection = await life.Metadata.OpenAsync(CancellationToken.None);
        return (
            await connection.QueryAsync<MergedInto>(
                "SELECT issue_id AS Strand, parent_id AS Parent FROM issue_strands ORDER BY issue_id"
            )
        ).AsList();
    }

    /// <summary>Events that came for merged issues since they were merged.</summary>
    public static async Task<long> SeenSinceAsync(Life life)
    {
        await using var connection = await life.Metadata.OpenAsync(CancellationToken.None);
        return await connection.QuerySingleAsync<long>(
            "SELECT COALESCE(SUM(times_seen - former_times_seen), 0) FROM issue_strands"
        );
    }

    /// <summary>Each group by its members: who leads it does not matter.</summary>
    public static string Of(IEnumerable<MergedInto> strands) =>
        string.Join(
            ' ',
            strands
                .GroupBy(one => one.Parent, one => one.Strand)
                .Where(group => group.Count() > 1)
                .Select(group => string.Join('+', group.Order()))
                .Order(StringComparer.Ordinal)
        );
}
