namespace Tocsin.Server.Traces.Normalise;

/// <summary>
/// The words that one item lends and asks for. What it makes is told to <see cref="SegmentNames"/> when all items beside it are prepared, so that
/// they all ask the same memory, however many threads prepare them; who then asked too early can tell.
/// </summary>
sealed class SegmentNaming(SegmentNames names)
{
    List<(UInt128 Trace, long Segment, SegmentWords Words)>? made;
    Dictionary<(UInt128 Trace, long Segment), SegmentWords?>? asked;

    public void Make(UInt128 trace, long segment, SegmentWords words) => (made ??= []).Add((trace, segment, words));

    public SegmentWords? Find(UInt128 trace, long segment)
    {
        var words = names.Find(trace, segment);
        (asked ??= [])[(trace, segment)] = words;
        return words;
    }

    public void Tell()
    {
        foreach (var (trace, segment, words) in made ?? [])
        {
            names.Remember(trace, segment, words);
        }
    }

    /// <summary>An answer would be another one now.</summary>
    public bool IsOutdated => this.asked?.Any(asked => names.Find(asked.Key.Trace, asked.Key.Segment) != asked.Value) == true;
}
