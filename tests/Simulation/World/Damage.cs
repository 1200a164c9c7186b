using Faults;
using Tocsin.Server.Payloads;

namespace Simulation.World;

/// <summary>What was done to which bytes of which file. From and To: of the first file; of a swap both are damaged wholly.</summary>
sealed record Damage(string Kind, string Path, long From, long To, string? Other = null)
{
    const int Page = 4096;

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

    /// <summary>Another body of the same length, with a checksum that matches: what no reader of the file can tell, so that whoever compares must.</summary>
    public static Damage Forged(MemoryDisk disk, PayloadLocation place, PayloadRecord record)
    {
        var path = disk.List(Life.PayloadDirectory, NameOf(place)).Single();
        var forged = Enumerable
            .Range(0, record.Body.Length)
            .Select(at => record with { Body = Changed(record.Body.ToArray(), at, 1, letter => (byte)(letter ^ 1)) })
            .Select(other => PayloadFrame.Write(other))
            .First(frame => frame.Length == place.Length);
        disk.Damage(path, bytes => [.. bytes[..(int)place.Offset], .. forged, .. bytes[(int)(place.Offset + place.Length)..]]);
        return new("forged", path, place.Offset, place.Offset + place.Length);
    }

    public bool Touches(PayloadLocation place)
    {
        var name = NameOf(place);
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

    static string NameOf(PayloadLocation place) => $"{place.Day:D8}-{place.Segment:D6}.seg";
}
