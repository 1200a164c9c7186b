namespace Tocsin.Protocol.Envelopes;

/// <summary>Keeps count of an envelope's items against its limits while they pass by.</summary>
sealed class EnvelopeTally(EnvelopeLimits limits)
{
    readonly List<(string Type, ItemLimit Limit, int Count)> counts = [];
    readonly List<(ItemLimit Limit, long Bytes)> totals = [];
    ItemLimit? current;
    long room = long.MaxValue;
    int items;

    /// <summary>False when the item is one too many.</summary>
    public bool TryBegin(ItemHeader header)
    {
        current = limits.For(header);
        room = current is null ? long.MaxValue : Room(header, current);
        return ++items <= limits.Items && (current is null || TryCount(header.Type, current));
    }

    /// <summary>False when a payload of this many bytes is too large; asked before, while and after it passes.</summary>
    public bool Fits(long length) => length <= room;

    public void End(long length)
    {
        if (current is null)
        {
            return;
        }
        var index = totals.FindIndex(total => ReferenceEquals(total.Limit, current));
        if (index < 0)
        {
            totals.Add((current, length));
        }
        else
        {
            totals[index] = (current, totals[index].Bytes + length);
        }
    }

    long Room(ItemHeader header, ItemLimit limit)
    {
        var used = 0L;
        foreach (var total in totals)
        {
            used += ReferenceEquals(total.Limit, limit) ? total.Bytes : 0;
        }
        var room = Math.Min(limit.Item, limit.Total - used);
        return limit.Average is { } average && header.ItemCount is > 0 and < int.MaxValue
            ? Math.Min(room, average * header.ItemCount.Value)
            : room;
    }

    bool TryCount(string type, ItemLimit limit)
    {
        for (var i = 0; i < counts.Count; i++)
        {
            if (ReferenceEquals(counts[i].Limit, limit) && (!ReferenceEquals(limit, limits.Event) || counts[i].Type == type))
            {
                counts[i] = counts[i] with { Count = counts[i].Count + 1 };
                return counts[i].Count <= limit.Count;
            }
        }
        counts.Add((type, limit, 1));
        return limit.Count >= 1;
    }
}
