using System.Collections.Immutable;

namespace Tocsin.Journal.Segments;

/// <summary>
/// What writer and readers share: the segments in order and how far they are durable. A segment's end is final before its
/// successor appears in the list, so a reader that takes the list first and the end second can never pass over a record.
/// </summary>
/// <param name="wake">How those who wait for news go on: for themselves, unless a test decides what runs when.</param>
sealed class SegmentLog(
    FileLayer files,
    string directory,
    IEnumerable<Segment> found,
    long end,
    TaskCreationOptions wake = TaskCreationOptions.RunContinuationsAsynchronously
)
{
    readonly Lock gate = new();
    ImmutableArray<Segment> segments = [.. found];
    TaskCompletionSource advanced = new(wake);
    long durableEnd = end;

    public FileLayer Files => files;

    public string Directory => directory;

    public ImmutableArray<Segment> Segments
    {
        get
        {
            lock (gate)
            {
                return segments;
            }
        }
    }

    public long End => Volatile.Read(ref durableEnd);

    /// <summary>Completes when End has moved after this was asked for, and for good when the journal closes.</summary>
    public Task Advanced => Volatile.Read(ref advanced).Task;

    public bool Closed { get; private set; }

    public void Add(Segment segment)
    {
        lock (gate)
        {
            segments = segments.Add(segment);
        }
        Volatile.Write(ref durableEnd, segment.End);
    }

    public void Remove(Segment segment)
    {
        lock (gate)
        {
            segments = segments.Remove(segment);
        }
    }

    public void Advance(Segment segment, long to)
    {
        segment.End = to;
        Volatile.Write(ref durableEnd, to);
        Wake();
    }

    public void Close()
    {
        Closed = true;
        Wake();
    }

    void Wake() => Interlocked.Exchange(ref advanced, new TaskCompletionSource(wake)).SetResult();
}
