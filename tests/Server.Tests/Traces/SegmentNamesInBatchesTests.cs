using Server.Tests.Pipeline;
using Server.Tests.Projects;
using Tocsin.Journal;
using Tocsin.Server.Gateway;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Traces;
using static Server.Tests.Traces.SegmentNameTests;

namespace Server.Tests.Traces;

/// <summary>Spans whose segment is in the same batch, which several threads prepare: what they are called must not depend on who was first.</summary>
public sealed class SegmentNamesInBatchesTests : IAsyncLifetime
{
    const string Shop = "00000000000000aa";
    const string Cart = "00000000000000ab";

    SomeProjects projects = null!;

    [Fact]
    public void A_span_finds_the_name_of_its_segment_wherever_in_the_batch_it_is()
    {
        (string Of, string Item)[] items =
        [
            ("/shop", Page(Shop, "/shop")),
            ("/cart", Page(Cart, "/cart")),
            ("/shop", Vital(Shop)),
            ("/cart", Vital(Cart)),
        ];
        foreach (var order in Permutations(items))
        {
            Names(new(), [.. order.Select(item => item.Item)]).ShouldBe(order.Select(item => item.Of));
        }
    }

    [Fact]
    public void Of_two_names_for_one_segment_the_later_one_of_the_journal_counts()
    {
        string[] items = [Vital(Shop), Page(Shop, "/first"), Page(Shop, "/second"), Vital(Shop)];

        for (var again = 0; again < 50; again++)
        {
            Names(new(), items).ShouldBe(["/second", "/first", "/second", "/second"]);
        }
    }

    [Fact]
    public void A_batch_that_is_prepared_again_gives_the_same()
    {
        var memory = new SegmentMemory();
        string[] items = [Vital(Shop), Page(Shop, "/first"), Vital(Cart), Page(Shop, "/second")];

        var once = Names(memory, items);

        Names(memory, items).ShouldBe(once);
        once.ShouldBe(["/second", "/first", "Pageload", "/second"]);
    }

    [Fact]
    public void What_a_name_makes_of_a_span_s_outcome_is_made_of_it_here_too()
    {
        // Under its own word the span is kept, under its segment's name it is a health check's.
        var batch = Prepared(new(), [Vital(Shop), Page(Shop, "/healthz"), Vital(Cart)]);

        batch.Items.Select(item => item.IsAccepted).ShouldBe([false, false, true]);
        batch.Items[0].Outcome.ShouldBe(batch.Items[1].Outcome);
        batch.Items[0].Frame.ShouldBeNull();
    }

    List<string?> Names(SegmentMemory memory, string[] items) =>
        [.. Prepared(memory, items).Items.Select(item => item.Prepared!.Spans.Single().Transaction)];

    Batch Prepared(SegmentMemory memory, string[] items)
    {
        var preparation = new Preparation(projects.Directory, [SomeTraces.PipelineWith(memory)], new());
        var records = items.Select(Record).ToList();
        var batch = new Batch(0, 20261121);
        preparation.Unpack(batch, records).ShouldBe(items.Length);
        preparation.Prepare(batch);
        return batch;
    }

    ReceivedRecord Record(string span, int number)
    {
        var project = projects.Directory.All.Single();
        var receipt = new Receipt
        {
            Door = Door.Envelope,
            ProjectId = project.Id,
            Received = Errors.SomeErrors.Now.ToUnixTimeMilliseconds() * 1000,
        };
        var body = new SomeEnvelope(null).With("span", $$"""{"items":[{{span}}]}""").ToBytes();
        return new(new JournalRecord(number, body), receipt, body);
    }

    static IEnumerable<IReadOnlyList<T>> Permutations<T>(IReadOnlyList<T> items) =>
        items.Count == 0
            ?
            [
                [],
            ]
            : items.SelectMany(
                (first, at) =>
                    Permutations<T>([.. items.Take(at), .. items.Skip(at + 1)]).Select(rest => (IReadOnlyList<T>)[first, .. rest])
            );

    public async ValueTask InitializeAsync()
    {
        projects = await SomeProjects.CreateAsync();
        await projects.CreateAsync("Shop");
        await projects.Directory.RefreshAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => projects.DisposeAsync();
}
