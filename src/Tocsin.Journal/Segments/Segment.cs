using System.Globalization;

namespace Tocsin.Journal.Segments;

/// <summary>
/// One file of the log, named by the position of its first byte: position minus Start is the offset in the file.
/// It reaches to End and no further, whatever else the file may hold from a write that failed.
/// </summary>
sealed class Segment(long start, string path)
{
    const string Extension = ".segment";

    long end = start;

    public long Start { get; } = start;

    public string Path => path;

    /// <summary>Written by the commit thread, read by readers: bytes below it are durable.</summary>
    public long End
    {
        get => Volatile.Read(ref end);
        set => Volatile.Write(ref end, value);
    }

    public static Segment At(string directory, long start) =>
        new(start, System.IO.Path.Combine(directory, start.ToString("D20", CultureInfo.InvariantCulture) + Extension));

    /// <summary>The segments of a directory in order, each reaching to the next one's start; the last one's end is not known yet.</summary>
    public static List<Segment> List(FileLayer files, string directory)
    {
        var segments = new List<Segment>();
        foreach (var path in files.List(directory, "*" + Extension))
        {
            var name = System.IO.Path.GetFileNameWithoutExtension(path);
            if (name.Length != 20 || !long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var start))
            {
                continue;
            }
            if (segments.Count > 0)
            {
                segments[^1].End = start;
            }
            segments.Add(new Segment(start, path));
        }
        return segments;
    }
}
