using Server.Tests.Pipeline;
using Tocsin.Server.Traces.Detectors;
using Tocsin.Server.Traces.Groups;

namespace Server.Tests.Traces;

/// <summary>Whoever knows a DSN can send any spans: none may cost more than they are many or long.</summary>
[Collection(Growth.Alone)]
public sealed class LinearTimeTests
{
    [Theory]
    [InlineData("SELECT * FROM t WHERE a IN (", "1,")]
    [InlineData("SELECT * FROM t WHERE a IN (", "(1,2),")]
    [InlineData("SELECT CASE ", "WHEN a = 1 THEN 2 ")]
    [InlineData("INSERT INTO t VALUES ", "(1,(2)),")]
    [InlineData("", "((1,2),")]
    [InlineData("", "[a")]
    [InlineData("", "$a$")]
    [InlineData("", "{")]
    [InlineData("", "/*")]
    public void A_statement_is_read_in_linear_time(string begin, string piece)
    {
        // Of each thread some are kept; these must be read anew.
        var reduction = new SqlReduction();
        Growth.IsLinear(
            size => begin + string.Concat(Enumerable.Repeat(piece, size / piece.Length)),
            text => reduction.Reduce(text, quotesAreTexts: false)
        );
    }

    /// <summary>No query stands before them that is not one of them: nothing is found, and each was looked at with all behind it.</summary>
    [Fact]
    public void Queries_of_one_segment_are_looked_at_in_linear_time()
    {
        var row = SomeSpans.Of(1, 1)[0] with
        {
            IsSegment = false,
            Category = "db",
            Action = "SELECT",
            Description = "SELECT 1",
            GroupName = "SELECT %s",
            Group = 7,
            Duration = 1,
            ParentSpanId = 1,
            Attributes = "{}",
        };
        var segments = new Dictionary<int, SegmentSpans>();
        Growth.IsLinear(
            size =>
            {
                var spans = Enumerable.Range(0, size / 32).Select(at => row with { SpanId = at + 2, Timestamp = at }).ToList();
                segments[spans.Count] = new(null, spans);
                return new string(' ', spans.Count);
            },
            text => Problems.Find(segments[text.Length], DetectorOptions.Default).Count
        );
    }
}
