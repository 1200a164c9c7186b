namespace Faults;

/// <summary>How much of what was not synced has reached the disk when the power goes.</summary>
public enum Unsynced
{
    Lost,
    Kept,

    /// <summary>Files have grown, but their new blocks were never written.</summary>
    Zeroed,

    /// <summary>All up to some moment, the last write torn between sectors.</summary>
    TornPrefix,

    /// <summary>Any of it in any order, writes torn between sectors, names and contents independent of each other.</summary>
    Any,
}

/// <summary>
/// Produces the disks that a power loss may leave. Durable are only contents that a sync of the file and names that a sync of the
/// directory has covered; everything later may be there, be missing, or be there in part, in any combination.
/// </summary>
public sealed class PowerLoss
{
    const int Sector = 512;

    readonly MemoryDisk disk;
    readonly DiskEvent[] trace;
    readonly int[] durableFrom;

    public PowerLoss(MemoryDisk disk)
    {
        this.disk = disk;
        trace = [.. disk.Trace];
        durableFrom = [.. Enumerable.Range(0, trace.Length).Select(FindDurability)];
    }

    /// <summary>Every moment at which something is about to happen to the disk, and the one after all.</summary>
    public IReadOnlyList<int> Moments =>
        [.. Enumerable.Range(0, trace.Length).Where(at => trace[at] is not DiskEvent.Mark), trace.Length];

    /// <summary>The facts that were marked before the moment.</summary>
    public IEnumerable<object> MarkedBefore(int moment) => trace.Take(moment).OfType<DiskEvent.Mark>().Select(mark => mark.Fact);

    public MemoryDisk At(int moment, Unsynced unsynced, Random chance)
    {
        var contents = disk.InitialFiles.Values.ToDictionary(file => file.Number, file => Copy(file.Number, file.Bytes));
        var names = disk.InitialFiles.ToDictionary(file => file.Key, file => file.Value.Number);
        var directories = new HashSet<string>(disk.InitialDirectories, StringComparer.Ordinal);
        // The moment up to which a torn prefix has reached the disk.
        var reached = chance.Next(moment + 1);
        for (var i = 0; i < moment; i++)
        {
            var survives = Survives(durableFrom[i] < moment, i, reached, unsynced, chance);
            Apply(trace[i], survives, contents, names, directories, chance);
        }
        return new MemoryDisk(
            directories,
            names
                .Where(name => directories.Contains(Path.GetDirectoryName(name.Key)!))
                .Select(name => KeyValuePair.Create(name.Key, contents[name.Value].ToArray()))
        );
    }

    static MemoryContent Copy(int number, byte[] bytes)
    {
        var content = new MemoryContent(number);
        content.Write(0, bytes);
        return content;
    }

    static Part Survives(bool durable, int index, int reached, Unsynced unsynced, Random chance) =>
        durable
            ? Part.All
            : unsynced switch
            {
                Unsynced.Lost => Part.None,
                Unsynced.Kept => Part.All,
                Unsynced.Zeroed => Part.Length,
                Unsynced.TornPrefix => index < reached ? Part.All
                : index == reached ? Part.Sectors
                : Part.None,
                _ => (Part)chance.Next(4),
            };

    static void Apply(
        DiskEvent happened,
        Part survives,
        Dictionary<int, MemoryContent> contents,
        Dictionary<string, int> names,
        HashSet<string> directories,
        Random chance
    )
    {
        switch (happened)
        {
            case DiskEvent.Link link:
                contents.TryAdd(link.File, new MemoryContent(link.File));
                if (survives is not Part.None)
                {
                    names[link.Path] = link.File;
                }
                break;
            case DiskEvent.Unlink unlink when survives is not Part.None:
                names.Remove(unlink.Path);
                break;
            case DiskEvent.Directory directory when survives is not Part.None:
                directories.Add(directory.Path);
                break;
            case DiskEvent.Truncate truncate when survives is not Part.None:
                contents[truncate.File].SetLength(truncate.Length);
                break;
            case DiskEvent.Write write:
                Write(contents[write.File], write, survives, chance);
                break;
        }
    }

    static void Write(MemoryContent content, DiskEvent.Write write, Part survives, Random chance)
    {
        var end = write.Offset + write.Bytes.Length;
        if (survives is Part.All)
        {
            content.Write(write.Offset, write.Bytes);
            return;
        }
        if (survives is Part.Length || (survives is Part.Sectors && chance.Next(2) == 0))
        {
            content.SetLength(Math.Max(content.Length, end));
        }
        if (survives is not Part.Sectors)
        {
            return;
        }
        for (var from = write.Offset; from < end; from = (from / Sector + 1) * Sector)
        {
            if (chance.Next(2) == 0)
            {
                var to = Math.Min(end, (from / Sector + 1) * Sector);
                content.Write(from, write.Bytes.AsSpan((int)(from - write.Offset), (int)(to - from)));
            }
        }
    }

    /// <summary>The index of the event that made this one durable, or more than any moment.</summary>
    int FindDurability(int index)
    {
        var (file, directory) = trace[index] switch
        {
            DiskEvent.Write write => (write.File, null),
            DiskEvent.Truncate truncate => (truncate.File, null),
            DiskEvent.Link link => (-1, Path.GetDirectoryName(link.Path)),
            DiskEvent.Unlink unlink => (-1, Path.GetDirectoryName(unlink.Path)),
            DiskEvent.Directory made => (-1, Path.GetDirectoryName(made.Path)),
            _ => (-1, null),
        };
        for (var later = index + 1; later < trace.Length && (file >= 0 || directory is not null); later++)
        {
            switch (trace[later])
            {
                case DiskEvent.Sync sync when sync.File == file:
                case DiskEvent.SyncDirectory synced when synced.Path == directory:
                    return later;
                case DiskEvent.Forget forget when forget.File == file:
                    return int.MaxValue;
            }
        }
        return int.MaxValue;
    }

    enum Part
    {
        None,
        All,
        Length,
        Sectors,
    }
}
