using Bench.Load;

namespace Scenarios;

/// <summary>What the programs that measure send is what their figures say.</summary>
public sealed class LoadTests
{
    [Fact]
    public void Each_body_of_the_load_is_sent_as_often_as_any_other()
    {
        const int bodies = 200;
        const int sendings = 100 * bodies;
        var options = new LoadOptions { Bodies = bodies, Issues = 100 };
        var sent = new Sent(Corpus.Build(options), options);

        var times = Enumerable.Range(1, sendings).CountBy(number => sent.BodyOf((ulong)number)).ToDictionary();

        times.Count.ShouldBe(bodies);
        times.Values.Max().ShouldBeLessThan(200);
        times.Values.Min().ShouldBeGreaterThan(50);
    }
}
