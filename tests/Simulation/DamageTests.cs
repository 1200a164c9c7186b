using Faults;
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
    const int Page = 4096;

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
            Check(run.Server, rows, damage, hasTelemetry, $"damage {number}: {damage}");
            CheckSpans(run.Server, spans, damage, hasTelemetry, $"damage {number}: {damage}");
        }
    }

    static void Check(Life server, List<EventRow> rows, Damage damage, bool hasTelemetry, string what)
    {
        var stored = server.Telemetry.Events.ToDictionary(row => (row.ProjectId, row.EventId));
        foreach (var row in rows)
        {
            var touched = damage.Touches(new(ArrivalDay.Of(row.Received), row.Segment, row.Offset, row.Length));
            var has = stored.TryGetValue((row.ProjectId, row.EventId), out var found);
            if (!has)
            {
                (touched && !hasTelemetry).ShouldBeTrue($"{what}: {row.EventId:x} is lost");
                continue;
            }
            found.ShouldBe(row, what);
            var day = ArrivalDay.Of(row.Received);
            var reading = server.Payloads.Read(new(day, row.Segment, row.Offset, row.Length));
            if (reading is PayloadReading.Found { Record: var record })
            {
                record.EventId.Value.ShouldBe(row.EventId, what);
            }
            else
            {
                touched.ShouldBeTrue($"{what}: the body of {row.EventId:x} is {reading}");
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

    /// <summary>Only the index knows where the spans of a container lie.</summary>
    static List<(SpanRow, PayloadLocation)> SpansOf(Life server) =>
        [
            .. Indexed
                .AllAsync(server)
                .GetAwaiter()
                .GetResult()
                .SelectMany(known => known.SpansIn(known.Read(server)!)?.Select(row => (row, known.Location)) ?? []),
        ];

    /// <summary>What was done to which bytes of which file. From and To: of the first file; of a swap both are damaged wholly.</summary>
    sealed record Damage(string Kind, string Path, long From, long To, string? Other = null)
    {
        public static Damage DoneTo(MemoryDisk disk, Random chance)
        {
            string[] files = [.. disk.List(Life.PayloadDirectory, "*.seg"), .. disk.List(Life.JournalDirectory, "*.segment")];
            var path = files[chance.Next(files.Length)];
            var length = disk.Content(path).Length;
            var at = chance.Next(Math.Max(1, length));
            switch (chance.Next(4))
            {
                case 0 when length > 0:
                    disk.Damage(path, bytes => Changed(bytes, at, 1, bit => (byte)(bit ^ (1 << chance.Next(8)))));
                    return new("flipped bit", path, at, at + 1);
                case 1:
                    disk.Damage(path, bytes => bytes[..at]);
                    return new("cut", path, at, long.MaxValue);
                case 2:
                    disk.Damage(path, bytes => Changed(bytes, at, Page, _ => 0));
                    return new("zeroed page", path, at, at + Page);
                default:
                    var other = files[chance.Next(files.Length)];
                    var (one, two) = (disk.Content(path), disk.Content(other));
                    disk.Damage(path, _ => two);
                    disk.Damage(other, _ => one);
                    return new("swapped", path, 0, path == other ? 0 : long.MaxValue, other);
            }
        }

        public bool Touches(PayloadLocation place)
        {
            var name = $"{place.Day:D8}-{place.Segment:D6}.seg";
            return Other?.EndsWith(name, StringComparison.Ordinal) == true && To > 0
                || (Path.EndsWith(name, StringComparison.Ordinal) && place.Offset < To && From < place.Offset + place.Length);
        }

        static byte[] Changed(byte[] bytes, int at, int count, Func<byte, byte> change)
        {
            for (var i = at; i < Math.Min(bytes.Length, at + count); i++)
            {
                bytes[i] = change(bytes[i]);
            }
            return bytes;
        }
    }
}
