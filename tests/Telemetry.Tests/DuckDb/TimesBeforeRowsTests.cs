using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;

namespace Telemetry.Tests.DuckDb;

/// <summary>
/// What is known of a day without asking it (its times, whether its spans stand for several) decides how it is asked. So it holds of every row that
/// the question can see, at whatever moment a batch is committed. Lists that tell when they are read stand at those moments.
/// </summary>
public sealed class TimesBeforeRowsTests : IDisposable
{
    static readonly long Straggler = Some.TimeOf(Some.Day, TimeSpan.FromHours(-3));
    static readonly TimeRange AroundIt = new(Straggler, Straggler + 1);

    readonly TemporaryDirectory directory = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_a_batch_is_committed_each_row_that_can_be_seen_is_found_by_its_time()
    {
        await using var store = await directory.OpenStoreAsync();
        await store.ApplyAsync(Batch(1, Some.Noon, () => { }), Stop);
        var looks = new List<(Dataset Dataset, long Seen, long Found)>();

        await store.ApplyAsync(Batch(2, Straggler, Look), Stop);

        looks.ShouldContain(look => look.Seen == 2, "no look fell behind the commit");
        looks.ShouldContain(look => look.Seen == 1, "no look fell before the commit");
        looks.ShouldAllBe(look => look.Found == look.Seen - 1);

        void Look()
        {
            foreach (var dataset in new[] { Dataset.Events, Dataset.Spans, Dataset.Outcomes })
            {
                looks.Add((dataset, Count(store, dataset, TimeRange.All), Count(store, dataset, AroundIt)));
            }
        }
    }

    [Fact]
    public async Task A_question_knows_of_every_row_that_it_sees_whenever_a_batch_comes_in_between()
    {
        await using var store = await directory.OpenStoreAsync();
        var position = 0L;
        var answers = new List<(double Came, double Sum)>();
        for (var moment = 1; ; moment++)
        {
            var day = Some.Day.AddDays(moment);
            var noon = Some.TimeOf(day, TimeSpan.FromHours(12));
            await store.ApplyAsync(Spans(day, noon, 1), Stop);
            var (reads, came) = (0, 0);
            var select = new Watched<Selected>(
                [new("n", Expression.Count)],
                () =>
                {
                    // One while the question is written, and another when it is written anew.
                    if (++reads == moment || reads == 2 * moment)
                    {
                        came++;
                        Task.Run(() => store.ApplyAsync(Spans(day, noon, 1000), Stop), Stop).Wait(Stop);
                    }
                }
            );

            var answer = await store.QueryAsync(Question(Dataset.Spans, new(noon, noon + 1)) with { Select = select }, Stop);

            if (came == 0)
            {
                break;
            }
            answers.Add((came, Convert.ToDouble(answer.Rows.Single()[0], null)));
        }

        // One span of weight 1; and those of weight 1000 that had come.
        answers.ShouldAllBe(answer => Enumerable.Range(0, 3).Any(seen => answer.Sum == 1 + 1000 * seen));
        answers.ShouldContain(answer => answer.Sum < 1 + 1000 * answer.Came, "every batch came before the question looked");

        TelemetryBatch Spans(DateOnly day, long time, double weight) =>
            new(++position, day) { Spans = [Some.Span(position) with { Timestamp = time, Weight = weight }] };
    }

    public void Dispose() => directory.Dispose();

    static TelemetryBatch Batch(long position, long time, Action read) =>
        new(position, Some.Day)
        {
            Events = new Watched<EventRow>([Some.Event((UInt128)position) with { Timestamp = time }], read),
            Spans = new Watched<SpanRow>([Some.Span(position) with { Timestamp = time }], read),
            Outcomes = new Watched<OutcomeRow>([Some.Outcome() with { Timestamp = time }], read),
        };

    static long Count(TelemetryStore store, Dataset dataset, TimeRange range) =>
        Convert.ToInt64(
            Task.Run(() => store.QueryAsync(Question(dataset, range), Stop), Stop).GetAwaiter().GetResult().Rows.Single()[0],
            null
        );

    static TelemetryQuery Question(Dataset dataset, TimeRange range) => Some.Count() with { Dataset = dataset, Range = range };
}
