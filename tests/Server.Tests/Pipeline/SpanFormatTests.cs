using Tocsin.Server.Pipeline;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Pipeline;

public sealed class SpanFormatTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(37)]
    [InlineData(1000)]
    public void Spans_come_back_as_they_were_written(int count)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var rows = SomeSpans.Of(count, seed);
            var bytes = SpanFormat.Write(rows);
            SpanFormat.Is(bytes).ShouldBeTrue();
            SpanFormat.Read(bytes, 42).ShouldBe(rows);
        }
    }

    [Fact]
    public void Columns_of_a_later_release_are_passed_over()
    {
        var rows = SomeSpans.Of(5, 1);
        byte[] bytes = [.. SpanFormat.Write(rows), 250, 3, 1, 2, 3];
        SpanFormat.Read(bytes, 42).ShouldBe(rows);
    }

    [Fact]
    public void A_record_cut_short_is_refused_as_damaged()
    {
        var bytes = SpanFormat.Write(SomeSpans.Of(5, 2));
        for (var length = 0; length < bytes.Length; length++)
        {
            try
            {
                SpanFormat.Read(bytes.AsMemory(0, length), 42).Count.ShouldBeLessThanOrEqualTo(5);
            }
            catch (InvalidDataException)
            {
                continue;
            }
        }
        Should.Throw<InvalidDataException>(() => SpanFormat.Read(bytes.AsMemory(0, 20), 42));
    }

    /// <summary>The columns of what spans share weigh nothing, so a plain span costs its ids, its times and its own words.</summary>
    [Fact]
    public void Equal_values_are_written_once()
    {
        var rows = Enumerable
            .Range(0, 100)
            .Select(i => new SpanRow
            {
                ProjectId = 42,
                TraceId = 7,
                SpanId = i * 0x1234_5678_9ABCL,
                ParentSpanId = i == 0 ? null : 0,
                SegmentId = 0,
                Timestamp = 1_795_262_400_000_000 + i * 1000,
                Received = 1_795_262_401_000_000,
                Duration = 900,
                SelfTime = 900,
                Op = "db.sql.query",
                Description = "SELECT * FROM carts WHERE id = %s",
                GroupName = "SELECT * FROM carts WHERE id = %s",
                Transaction = "GET /cart",
                Environment = "production",
                Release = "shop@1.0.0",
                Platform = "node",
            })
            .ToList();
        var bytes = SpanFormat.Write(rows).Length;
        (bytes / 100.0).ShouldBeLessThan(40);
    }
}
