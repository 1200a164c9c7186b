using Tocsin.Telemetry.Query;
using static Tocsin.Telemetry.Query.Expression;

namespace Telemetry.Tests.Query;

public sealed class SpanSumsTests
{
    static readonly Field Duration = new("span.duration");
    static readonly Field Transaction = new("transaction");

    static TelemetryQuery Grouped(Expression selected, Filter? where = null) =>
        Some.Count(where) with
        {
            Dataset = Dataset.Spans,
            Select = [new("transaction", Transaction), new("value", selected)],
            GroupBy = [Transaction],
        };

    static Filter Is(string field, object value) => new Filter.Compare(new Field(field), Comparison.Equal, value);

    [Fact]
    public void Sums_answer_for_counts_times_and_quantiles_of_their_keys()
    {
        SpanSums.Answer(Grouped(Count)).ShouldBeTrue();
        SpanSums.Answer(Grouped(new Quantile(Duration, 0.95), Is("environment", "prod"))).ShouldBeTrue();
        SpanSums.Answer(Grouped(CountIf(Is("span.failed", true)) / Count)).ShouldBeTrue();
        SpanSums.Answer(Grouped(new Aggregate(AggregateKind.Any, new Field("sentry.normalized_description")))).ShouldBeTrue();
    }

    [Fact]
    public void Spans_answer_for_everything_else()
    {
        SpanSums.Answer(Grouped(Distinct(new Field("user")))).ShouldBeFalse();
        SpanSums.Answer(Grouped(new Aggregate(AggregateKind.Max, Duration))).ShouldBeFalse();
        SpanSums.Answer(Grouped(new Quantile(new Field("span.self_time"), 0.5))).ShouldBeFalse();
        SpanSums.Answer(Grouped(CountIf(new Filter.Compare(Duration, Comparison.Less, 300L)) / Count)).ShouldBeFalse();
        SpanSums.Answer(Grouped(Count, Is("release", "1.0"))).ShouldBeFalse();
        SpanSums.Answer(Grouped(Count, Is("span.duration", 5L))).ShouldBeFalse();
        SpanSums.Answer(Grouped(Count) with { Dataset = Dataset.Events }).ShouldBeFalse();
        SpanSums.Answer(Some.Query("span.op") with { Dataset = Dataset.Spans }).ShouldBeFalse();
        var hour = new Bucket(TimeSpan.FromHours(1));
        SpanSums.Answer(Grouped(Count) with { GroupBy = [Transaction, hour] }).ShouldBeFalse();
    }
}
