using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.DuckDb.Native;
using Tocsin.Telemetry.Rows;

namespace Telemetry.Tests.DuckDb;

/// <summary>The rows of a trace say most things with the same object, which is written once.</summary>
public sealed class SharedTextTests
{
    const int Rows = 5_000;

    [Fact]
    public void Rows_that_share_a_text_all_have_it_whatever_stands_between_them()
    {
        using var database = Database.Open(":memory:");
        using var connection = database.Connect();
        connection.Execute(Tables.Spans.Create("memory"));
        string?[] texts =
        [
            "a statement that is longer than twelve letters",
            "short",
            null,
            "",
            "another one that is rather long",
        ];
        string?[] told = [.. Enumerable.Range(0, Rows).Select(row => texts[row % 7 < 3 ? row % 5 : row / 2_500])];
        var rows = told.Select((text, row) => Span(row) with { Description = text }).ToList();

        connection.Transact(() => Tables.Spans.Append(connection, "memory", rows, position: 1));

        var kept = connection.Rows("SELECT description FROM memory.spans ORDER BY span_id");
        kept.Select(row => (string?)row[0]).ShouldBe(told);
    }

    static SpanRow Span(int number) =>
        new()
        {
            ProjectId = 1,
            TraceId = 1,
            SpanId = number,
            Timestamp = number,
            Received = number,
            Duration = 1,
            SelfTime = 1,
        };
}
