using System.Text;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors;
using Tocsin.Server.Errors.Normalise;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Errors.Normalise;

public class NormaliserPropertyTests
{
    [Fact]
    public void Normalising_what_is_normal_changes_nothing()
    {
        foreach (var captured in CapturedError.All.Where(captured => captured.ItemType == "event"))
        {
            EventReader.TryRead(captured.Payload.Span, out var read, out _).ShouldBeTrue();
            var around = SomeErrors.Around with { SentAt = captured.Header?.SentAt };
            var once = Normaliser.Normalise(read!, around);
            var twice = Normaliser.Normalise(once, around);
            Encoding
                .UTF8.GetString(EventWriter.Write(twice))
                .ShouldBe(Encoding.UTF8.GetString(EventWriter.Write(once)), captured.Name);
        }
    }

    [Fact]
    public void Five_thousand_broken_events_have_an_outcome_each_and_throw_nothing()
    {
        var random = new Random(20261120);
        var kinds = new Dictionary<OutcomeKind, int>();
        // The largest captures are all alike inside; small ones give more mutations per second.
        var seeds = CapturedError.All.Where(captured => captured.Payload.Length < 12_000).ToArray();
        for (var i = 0; i < 5_000; i++)
        {
            var captured = seeds[random.Next(seeds.Length)];
            var broken = Mutation.Of(captured.Payload.Span, random);
            var prepared = SomeErrors.Pipeline.Prepare(captured.Context(), broken);
            kinds[prepared.Outcome.Kind] = kinds.GetValueOrDefault(prepared.Outcome.Kind) + 1;
            if (prepared is PreparedError error)
            {
                error.Grouping.Hashes.ShouldNotBeEmpty();
                error.Row!.Title.ShouldNotBeNullOrEmpty();
                EventReader.TryRead(error.Body.Span, out _, out _).ShouldBeTrue(captured.Name);
            }
        }
        kinds[OutcomeKind.Accepted].ShouldBeGreaterThan(2_000, "most mutations only hurt a field");
        kinds[OutcomeKind.Invalid].ShouldBeGreaterThan(100, "some hurt the JSON itself");
    }
}
