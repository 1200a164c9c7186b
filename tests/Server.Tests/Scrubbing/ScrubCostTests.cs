using System.Diagnostics;
using Server.Tests.Errors;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Normalise;
using Tocsin.Server.Projects;
using Tocsin.Server.Scrubbing;

namespace Server.Tests.Scrubbing;

/// <summary>
/// Scrubbing is on for everyone, so it must not cost what a peer's whole pipeline costs. The bar is the time to read the same event: a ratio
/// holds on any machine. In a release build scrubbing takes a third of that, some 5 µs for 10 KB.
/// </summary>
[Collection(Growth.Alone)]
public class ScrubCostTests
{
    [Fact]
    public void Scrubbing_an_ordinary_event_takes_less_time_than_reading_it()
    {
        var rules = ScrubRules.For(ProjectOptions.Default);
        var captured = CapturedError.All.Where(captured => captured.Payload.Length is > 8_000 and < 12_000).Take(8).ToArray();
        captured.Length.ShouldBe(8);
        var events = captured.Select(one => Normaliser.Normalise(Read(one), SomeErrors.Around)).ToArray();
        var (reading, scrubbing) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < 60; round++)
        {
            reading = Math.Min(reading, Time(() => Array.ForEach(captured, one => Read(one))));
            scrubbing = Math.Min(scrubbing, Time(() => Array.ForEach(events, e => EventScrubber.Scrub(e, rules))));
        }
        scrubbing.ShouldBeLessThan(reading);
    }

    static ErrorEvent Read(CapturedError captured)
    {
        EventReader.TryRead(captured.Payload.Span, out var e, out _).ShouldBeTrue();
        return e!;
    }

    static double Time(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
    }
}
