using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Explore.Reading;
using Tocsin.Server.Explore.Series;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore.Trends;

/// <summary>Questions about trends: a table of groups, and their lines.</summary>
sealed class TrendTables(QuestionReader reader, TelemetryStore telemetry, ExploreTables tables, ExploreSeries series)
{
    /// <param name="request">As <see cref="TrendRequest.Read"/> makes it.</param>
    /// <returns>Null: it names a project that is none of the organisation.</returns>
    public async Task<TrendTable?> ReadAsync(
        Tenant tenant,
        ExploreRequest request,
        PageRequest page,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<string> columns = [.. request.Fields, request.Trend!.Function];
        if (await reader.ReadAsync(tenant, request, columns, null, cancellation) is not { } question)
        {
            return null;
        }
        question = question with { Columns = [.. question.Columns.Select(Named)] };
        var result = await telemetry.QueryAsync(question.Table(page.Limit + 1, page.Offset), cancellation);
        var rows = result with { Rows = [.. result.Rows.Take(page.Limit)] };
        return new(question, rows, await tables.ShapeAsync(question, rows, cancellation), result.Rows.Count > page.Limit);
    }

    /// <summary>Sentry answers by the names of these functions alone.</summary>
    static Column Named(Column column) =>
        TrendFunctions.Answered.Any(name => column.Name == $"{name}()") ? column with { Name = column.Name[..^2] } : column;

    /// <summary>The function over time, by the names of the table's groups.</summary>
    public async Task<Answer<IReadOnlyDictionary<string, object>>> LinesAsync(
        TrendTable table,
        ExploreRequest request,
        CancellationToken cancellation
    )
    {
        if (table.Rows.Rows.Count == 0)
        {
            return new(new Dictionary<string, object>(), AnswerNotes.None);
        }
        var axis = table.Question.Columns.Single(column => column.Name == request.Trend!.Function);
        var steps = SeriesSteps.Of(request.Range, request.Interval);
        var answer = await series.OfGroupsAsync(table.Question, [axis], table.Rows, steps, true, cancellation);
        return new(SeriesMapping.ByName(answer, table.Question), answer.Notes);
    }
}

/// <summary>The rows as they were read and as they are answered.</summary>
sealed record TrendTable(Question Question, TelemetryResult Rows, EventsShape Events, bool HasMore);
