using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Faults;

namespace Simulation.World;

/// <summary>Everything that happened, in order, as one hash; the last lines stay for who has to understand a failure.</summary>
sealed class History
{
    const int Remembered = 60;

    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly Queue<string> last = [];

    public string Hash => Convert.ToHexStringLower(hash.GetCurrentHash());

    public IEnumerable<string> Last => last;

    public void Add(string line)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(line));
        hash.AppendData("\n"u8);
        last.Enqueue(line);
        if (last.Count > Remembered)
        {
            last.Dequeue();
        }
    }

    /// <summary>Every change that the disk saw, with its bytes.</summary>
    public void Add(MemoryDisk disk)
    {
        foreach (var happened in disk.Trace)
        {
            if (happened is DiskEvent.Write write)
            {
                hash.AppendData(
                    Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"write {write.File} {write.Offset} "))
                );
                hash.AppendData(write.Bytes);
            }
            else if (happened is not DiskEvent.Mark)
            {
                hash.AppendData(Encoding.UTF8.GetBytes(happened.ToString()));
            }
        }
    }
}
