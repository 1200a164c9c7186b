using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.Query;

namespace Telemetry.Tests.DuckDb;

/// <summary>
/// How far a day is summed up is known without asking it, and may be more by the time that the question sees the day: runs would be counted by the
/// sums and one by one. The question's list that tells when it is read stands at those moments.
/// </summary>
public sealed class AskingTests : IDisposable
{
    const int PerBatch = 50;

    readonly TemporaryDirectory directory = new();
    readonly FileGate gate = new();
    readonly DayFiles files;
    readonly Summing summing;
    readonly DayFile day;

    public AskingTests()
    {
        var options = new DuckDbOptions(directory.Path) { RunsWorthSumming = PerBatch, HoursWorthRolling = 1 };
        files = DayFiles.Open(options);
        summing = new(options, files, gate);
        day = files.Create(Some.Day);
    }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static TelemetryQuery Runs =>
        Some.Count(new Filter.Compare(new Expression.Field("is_transaction"), Comparison.Equal, true)) with
        {
            Dataset = Dataset.Spans,
        };

    [Fact]
    public void Runs_are_counted_once_whenever_they_are_summed_up()
    {
        GivenSummedRuns();
        for (var moment = 1; ; moment++)
        {
            var before = Count(Runs);
            var (reads, came) = (0, false);
            var select = new Watched<Selected>(
                Runs.Select,
                () =>
                {
                    if (++reads == moment)
                    {
                        came = true;
                        GivenSummedRuns();
                    }
                }
            );

            var counted = Count(Runs with { Select = select });

            if (!came)
            {
                break;
            }
            counted.ShouldBeOneOf(before, before + PerBatch);
        }
    }

    [Fact]
    public void While_more_is_summed_up_the_day_is_asked_how_far_it_came()
    {
        GivenSummedRuns();
        var (stale, _) = (day.SummedUpTo(Sums.Runs), Count(Runs));
        GivenSummedRuns();
        day.SumUpTo(Sums.Runs, stale!.Value);
        Count(Runs).ShouldNotBe(2 * PerBatch, "what is known decides nothing");

        day.BeginToSum(Sums.Runs);

        Count(Runs).ShouldBe(2 * PerBatch);
    }

    void GivenSummedRuns()
    {
        var batch = new TelemetryBatch(day.Applied + 1, day.Day)
        {
            Spans = [.. Enumerable.Range(0, PerBatch).Select(number => Some.Span(number) with { IsSegment = true })],
        };
        using (var connection = files.Engine.Connect())
        {
            day.Expect(batch);
            connection.Transact(() => Tables.Append(connection, day.Catalog, batch));
            day.Include(batch);
        }
        summing.Continue(day);
        summing.EndAsync().Wait(Stop);
        day.SummedUpTo(Sums.Runs).ShouldBe(new SummedPositions(batch.Position, batch.Position));
    }

    long Count(TelemetryQuery query)
    {
        using var connection = files.Engine.Connect();
        var (_, rows) = new Asking(query, [day], [day.Catalog], default).Run(connection, query.Budget, Stop);
        return (long)rows[0][0]!;
    }

    public void Dispose()
    {
        files.Dispose();
        gate.Dispose();
        directory.Dispose();
    }
}
