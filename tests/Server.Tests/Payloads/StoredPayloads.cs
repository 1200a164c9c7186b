using System.Text;
using Tocsin.Journal.Files;
using Tocsin.Protocol;
using Tocsin.Server.Payloads;

namespace Server.Tests.Payloads;

/// <summary>A directory of payload segments, and what is written to it.</summary>
public abstract class StoredPayloads : IDisposable
{
    private protected const int Day = 20261120;
    private protected const long Committed = 1_000_000;

    private protected TemporaryDirectory Home { get; } = new();
    private protected DiskFileLayer Files { get; } = new();

    private protected static PayloadAppend AppendSome(PayloadStore store, long position) =>
        store.Append(Day, position, [.. Enumerable.Range(0, 20).Select(i => Frame(position + i, BodyOf(position + i)))]);

    /// <summary>Enough for several blocks.</summary>
    private protected static IReadOnlyList<PayloadLocation> FillDay(PayloadStore store)
    {
        var frames = Enumerable.Range(1, 100).Select(position => Frame(position, BodyOf(position))).ToArray();
        var locations = store.Append(Day, 0, [.. frames]).Locations;
        store.Append(Day + 1, 0, [Frame(1_000, "next day")]);
        return locations;
    }

    /// <summary>Random, with much that all have in common.</summary>
    private protected static string BodyOf(long position)
    {
        var (common, own) = (new byte[20_000], new byte[2_000]);
        new Random(1).NextBytes(common);
        new Random((int)position).NextBytes(own);
        return Convert.ToBase64String(common) + Convert.ToBase64String(own);
    }

    public void Dispose()
    {
        Home.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected PayloadStore Open(PayloadEnd? committed = null) =>
        PayloadStore.Open(Files, Home.Path, committed, blockBytes: 1 << 20);

    private protected void Flip(long offset)
    {
        using var file = Files.Open(Files.List(Home.Path, "*.seg")[0], writable: true);
        var single = new byte[1];
        file.Read(offset, single);
        single[0] ^= 0x10;
        file.Write(offset, [single]);
    }

    private protected static PayloadRecord Read(PayloadStore store, PayloadLocation location) =>
        store.Read(location).ShouldBeOfType<PayloadReading.Found>().Record;

    private protected static byte[] Frame(long position, string body) =>
        PayloadFrame.Write(
            new()
            {
                Kind = PayloadKind.Item,
                Position = position,
                ProjectId = 7,
                EventId = EventId.From(1, 2),
                Columns = Encoding.UTF8.GetBytes($"columns of {position}"),
                Body = Encoding.UTF8.GetBytes(body),
            }
        );

    private protected static byte[] BatchEnd(long position) =>
        PayloadFrame.Write(new() { Kind = PayloadKind.Batch, Position = position });
}
