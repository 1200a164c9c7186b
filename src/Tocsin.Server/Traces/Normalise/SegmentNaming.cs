namespace Tocsin.Server.Traces.Normalise;

/// <summary>
/// The names that one item makes and asks for. What it makes is told to <see cref="SegmentNames"/> when all items beside it are prepared, so that
/// they all ask the same memory, however many threads prepare them; who then asked too early can tell.
/// </summary>
sealed class SegmentNaming(SegmentNames names)
{
    List<(UInt128 Trace, long Segment, string Name)>? made;
    Dictionary<(UInt128 Trace, long Segment), string?>? asked;

    public void Make(UInt128 trace, long segment, string name) => (made ??= []).Add((trace, segment, name));

    public string? Find(UInt128 trace, long segment)
    {
        var name = names.Find(trace, segment);
        (asked ??= [])[(trace, segment)] = name;
        return name;
    }

    public void Tell()
    {
        foreach (var (trace, segment, name) in made ?? [])
        {
            names.Remember(trace, segment, name);
        }
    }

    /// <summary>An answer would be another one now.</summary>
    public bool IsOutdated => this.asked?.Any(asked => names.Find(asked.Key.Trace, asked.Key.Segment) != asked.Value) == true;
}
