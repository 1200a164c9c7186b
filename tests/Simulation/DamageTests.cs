using Simulation.Stores;
using Simulation.World;
using Tocsin.Server.Payloads;
using Tocsin.Telemetry.Rows;

namespace Simulation;

/// <summary>
/// Bits that flip, files that are cut, pages that read as zeroes, files that stand in each other's place: the server starts, what lies elsewhere
/// is served as before, and no damaged byte is ever given out as a body.
/// </summary>
public sealed class DamageTests
{
    static readonly bool Long = Environment.GetEnvironmentVariable("TOCSIN_LONG") == "1";
    static readonly int Damages = Long ? 10_000 : 400;

    public static TheoryData<bool> WithAndWithoutTelemetry { get; } = [true, false];

    [Theory]
    [MemberData(nameof(WithAndWithoutTelemetry))]
    public void Damage_costs_what_it_touches_and_nothing_else(bool hasTelemetry)
    {
        using var first = SeededRun.Recording(seed: 3, sendings: 40, Bug.None);
        first.Play();
        var whole = first.State;
        var rows = first.Server.Telemetry.Events.ToList();
        var spans = SpansOf(first.Server);
        var kept = KeptOf(first.Server);
        var chance = new Random(1);
        for (var number = 0; number < Damages / 2; number++)
        {
            var disk = whole.Disk.Copy();
            var damage = Damage.DoneTo(disk, chance);
            using var run = new SeededRun(
                whole with
                {
                    Disk = disk,
                    Telemetry = hasTelemetry ? whole.Telemetry : TelemetryDays.Empty,
                }
            );
            run.Settle();
            Check(run.Server, rows, kept, damage, hasTelemetry, $"damage {number}: {damage}");
            CheckSpans(run.Server, spans, damage, hasTelemetry, $"damage {number}: {damage}");
            CheckBodies(run.Server, kept, damage, $"damage {number}: {damage}");
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{Damages / 2} damages");
    }

    [Fact]
    public void Control_a_body_that_was_changed_with_its_checksum_is_found()
    {
        using var first = SeededRun.Recording(seed: 3, sendings: 40, Bug.None);
        first.Play();
        var kept = KeptOf(first.Server);
        var (known, whole) = kept.First(one => !one.Record.Body.IsEmpty);
        var disk = first.State.Disk.Copy();
        var damage = Damage.Forged(disk, known.Location, whole);
        using var run = new SeededRun(first.State with { Disk = disk });
        run.Settle();

        Should
            .Throw<ShouldAssertException>(() => CheckBodies(run.Server, kept, damage, "forged"))
            .Message.ShouldContain("another body is given out");
    }

    /// <summary>Only the index knows in which day a row lies: around midnight it need not be that of its receipt.</summary>
    static void Check(
        Life server,
        List<EventRow> rows,
        List<(Indexed Known, PayloadRecord Record)> kept,
        Damage damage,
        bool hasTelemetry,
        string what
    )
    {
        var places = kept.ToDictionary(one => (one.Known.ProjectId, one.Known.Id.Value), one => one.Known.Location);
        var stored = server.Telemetry.Events.ToDictionary(row => (row.ProjectId, row.EventId));
        foreach (var row in rows)
        {
            var touched = damage.Touches(places[(row.ProjectId, row.EventId)]);
            var has = stored.TryGetValue((row.ProjectId, row.EventId), out var found);
            if (!has)
            {
                (touched && !hasTelemetry).ShouldBeTrue($"{what}: {row.EventId:x} is lost");
                continue;
            }
            found.ShouldBe(row, what);
        }
    }

    /// <summary>A body is given out as it was written, byte for byte, or not at all; and that only where the damage is.</summary>
    static void CheckBodies(Life server, List<(Indexed Known, PayloadRecord Record)> kept, Damage damage, string what)
    {
        foreach (var (known, whole) in kept)
        {
            var reading = server.Payloads.Read(known.Location, known.Is);
            if (reading is PayloadReading.Found { Record: var record })
            {
                var same =
                    record.Body.Span.SequenceEqual(whole.Body.Span) && record.Columns.Span.SequenceEqual(whole.Columns.Span);
                same.ShouldBeTrue($"{what}: another body is given out for {known.Id}");
            }
            else
            {
                damage.Touches(known.Location).ShouldBeTrue($"{what}: the body of {known.Id} is {reading}");
            }
        }
    }

    static void CheckSpans(
        Life server,
        List<(SpanRow Row, PayloadLocation Place)> spans,
        Damage damage,
        bool hasTelemetry,
        string what
    )
    {
        spans.Count.ShouldBeGreaterThan(20);
        var stored = server.Telemetry.Spans.ToDictionary(row => (row.ProjectId, row.TraceId, row.SpanId));
        foreach (var (row, place) in spans)
        {
            if (stored.TryGetValue((row.ProjectId, row.TraceId, row.SpanId), out var found))
            {
                found.ShouldBe(row, what);
            }
            else
            {
                (damage.Touches(place) && !hasTelemetry).ShouldBeTrue($"{what}: span {row.SpanId:x} is lost");
            }
        }
    }

    static List<(Indexed Known, PayloadRecord Record)> KeptOf(Life server) =>
        [.. Indexed.AllAsync(server).GetAwaiter().GetResult().Select(known => (known, known.Read(server)!))];

    /// <summary>Only the index knows where the spans of a container lie.</summary>
    static List<(SpanRow, PayloadLocation)> SpansOf(Life server) =>
        [.. KeptOf(server).SelectMany(one => one.Known.SpansIn(one.Record)?.Select(row => (row, one.Known.Location)) ?? [])];
}
