using System.Text;
using Faults;
using Tocsin.Journal;
using Tocsin.Protocol;
using Tocsin.Server.Payloads;

namespace Server.Tests.Payloads;

/// <summary>Payload segments of three days on a disk in memory, as a server left them. The day in the middle is over and has several.</summary>
sealed class SomeSegments
{
    public const int DayBefore = 20261119;
    public const int Day = 20261120;
    public const int DayAfter = 20261121;

    const string Directory = "/data/payloads";
    const int Records = 24;

    readonly List<PlacedRecord> written = [];
    PayloadEnd? end;

    public SomeSegments()
    {
        var disk = new MemoryDisk();
        using (var store = Open(disk))
        {
            for (var position = 1; position <= Records; position++)
            {
                Append(store, position <= 2 ? DayBefore : Day, position);
            }
            Append(store, DayAfter, Records + 1);
        }
        Disk = disk.Copy();
    }

    /// <summary>What lies on it is durable.</summary>
    public MemoryDisk Disk { get; }

    /// <summary>The items of the day in the middle.</summary>
    public IEnumerable<PlacedRecord> OfDay => written.Where(placed => placed.Location.Day == Day);

    /// <summary>Of the item, on whichever day.</summary>
    public ReadOnlyMemory<byte> Columns(EventId id) => written.Single(placed => placed.Record.EventId == id).Record.Columns;

    /// <summary>As a start does, on this disk or another one that became of it.</summary>
    public PayloadStore Open(FileLayer files) =>
        PayloadStore.Open(files, Directory, end, segmentBytes: 8 << 10, blockBytes: 4 << 10);

    /// <summary>Paths of the segments of the day in the middle.</summary>
    public static IReadOnlyList<string> PathsOfDay(FileLayer files) => files.List(Directory, $"{Day}-*.seg");

    void Append(PayloadStore store, int day, long position)
    {
        var record = new PayloadRecord
        {
            Kind = PayloadKind.Item,
            Position = position,
            ProjectId = 7,
            EventId = EventId.From(1, position),
            Columns = Encoding.UTF8.GetBytes($"columns of {position}"),
            Body = Encoding.UTF8.GetBytes(BodyOf(position)),
        };
        var end = new PayloadRecord
        {
            Kind = PayloadKind.Batch,
            Position = position + 1,
            Previous = position,
        };
        var appended = store.Append(day, position + 1, [PayloadFrame.Write(record), PayloadFrame.Write(end)]);
        this.end = appended.End;
        written.Add(new(appended.Locations[0], record));
    }

    /// <summary>Random, with much that all have in common.</summary>
    static string BodyOf(long position)
    {
        var (common, own) = (new byte[900], new byte[100]);
        new Random(1).NextBytes(common);
        new Random((int)position).NextBytes(own);
        return Convert.ToBase64String(common) + Convert.ToBase64String(own);
    }
}
