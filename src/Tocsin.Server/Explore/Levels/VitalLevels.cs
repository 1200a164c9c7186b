using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Telemetry;

namespace Tocsin.Server.Explore.Levels;

/// <summary>Counts how good web vitals are, with the functions that a table would be asked with.</summary>
sealed class VitalLevels(QuestionReader reader, TelemetryStore telemetry)
{
    static readonly string[] Levels = ["good", "meh", "poor", "any"];

    /// <param name="vitals">Measurements that have limits.</param>
    /// <returns>Null: the request names a project that is none of the organisation.</returns>
    public async Task<Answer<IReadOnlyDictionary<string, VitalLevelShape>>?> OfAsync(
        Tenant tenant,
        ExploreRequest request,
        IReadOnlyList<string> vitals,
        CancellationToken cancellation
    )
    {
        // Some vitals come later than their page's transaction, in spans of their own.
        var asked = request with
        {
            Dataset = string.IsNullOrEmpty(request.Dataset) ? "spans" : request.Dataset,
            Sort = [],
        };
        var levels = new Dictionary<string, VitalLevelShape>(StringComparer.Ordinal);
        var notes = AnswerNotes.None;
        foreach (var vital in vitals)
        {
            var levelled = Levels.Select(level => $"count_web_vitals({vital},{level})");
            if (await reader.ReadAsync(tenant, asked, [.. levelled, $"p75({vital})"], null, cancellation) is not { } question)
            {
                return null;
            }
            var result = await telemetry.QueryAsync(question.Table(1, 0), cancellation);
            notes = notes.With(question.NotesOf(result));
            // A condition on aggregates may have chosen nothing.
            levels[vital] = result.Rows is [var row] ? Shape(row) : new(0, 0, 0, 0, null);
        }
        return new(levels, notes);
    }

    static VitalLevelShape Shape(IReadOnlyList<object?> row) =>
        new(
            Count(row[0]),
            Count(row[1]),
            Count(row[2]),
            Count(row[3]),
            row[4] is double p75 && double.IsFinite(p75) ? p75 : null
        );

    static long Count(object? cell) => Convert.ToInt64(cell ?? 0L, null);
}

/// <summary>P75: null where there is no value. Milliseconds, CLS without unit.</summary>
sealed record VitalLevelShape(long Good, long Meh, long Poor, long Total, double? P75);
