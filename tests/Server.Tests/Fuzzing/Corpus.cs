using System.Runtime.InteropServices;

namespace Server.Tests.Fuzzing;

/// <summary>
/// The inputs that are worth mutating: those that reached what none did before them, either an edge or an edge so much more often. The next one is
/// found by drawing an edge and taking the smallest input that reaches it, so that many inputs on the same ways do not crowd out the few on others.
/// </summary>
sealed class Corpus
{
    static readonly byte[] Buckets = [.. Enumerable.Range(0, 256).Select(Bucket)];

    readonly List<byte[]> inputs = [];
    readonly byte[] seen = new byte[Reached.Places];
    readonly int[] smallest = new int[Reached.Places];
    readonly int[] times = new int[Reached.Places];
    readonly List<int> edges = [];
    int seeds;

    /// <summary>Different edges that were reached.</summary>
    public int Edges => edges.Count;
    public int Count => inputs.Count;

    /// <summary>Reaches it something that no input reached before?</summary>
    public bool IsNew(byte[] map)
    {
        var found = false;
        foreach (var place in Touched(map))
        {
            found |= (seen[place] & Buckets[map[place]]) == 0;
        }
        return found;
    }

    /// <summary>An edge that no input took, and not only more often.</summary>
    public bool HasNewEdge(byte[] map) => Touched(map).Exists(place => seen[place] == 0);

    /// <summary>Notes what was reached.</summary>
    public void Note(byte[] map)
    {
        foreach (var place in Touched(map))
        {
            if (seen[place] == 0)
            {
                edges.Add(place);
                smallest[place] = -1;
            }
            seen[place] |= Buckets[map[place]];
        }
    }

    public void Keep(byte[] input, byte[] map, bool isSeed)
    {
        seeds += isSeed ? 1 : 0;
        Note(map);
        foreach (var place in Touched(map))
        {
            times[place]++;
            if (smallest[place] < 0 || input.Length < inputs[smallest[place]].Length)
            {
                smallest[place] = inputs.Count;
            }
        }
        inputs.Add(input);
    }

    /// <summary>As often one of those it began with as one that was found.</summary>
    public byte[] Any(Random random) =>
        seeds < inputs.Count && random.Next(2) == 0 ? inputs[random.Next(seeds, inputs.Count)] : inputs[random.Next(seeds)];

    /// <summary>Of some edges that which the fewest inputs reach: early refusals, which many reach, lead nowhere.</summary>
    public byte[] Promising(Random random)
    {
        if (edges.Count == 0 || random.Next(2) == 0)
        {
            return Any(random);
        }
        var rarest = edges[random.Next(edges.Count)];
        for (var draws = 1; draws < 8; draws++)
        {
            var edge = edges[random.Next(edges.Count)];
            rarest = times[edge] < times[rarest] ? edge : rarest;
        }
        return smallest[rarest] < 0 ? Any(random) : inputs[smallest[rarest]];
    }

    static List<int> Touched(byte[] map)
    {
        var touched = new List<int>();
        var words = MemoryMarshal.Cast<byte, ulong>(map);
        for (var word = 0; word < words.Length; word++)
        {
            if (words[word] == 0)
            {
                continue;
            }
            for (var place = word * 8; place < (word + 1) * 8; place++)
            {
                if (map[place] != 0)
                {
                    touched.Add(place);
                }
            }
        }
        return touched;
    }

    /// <summary>1, 2, 3, 4 to 7, 8 to 15, 16 to 31, 32 to 127, more: a loop that runs 40 times instead of 39 is nothing new.</summary>
    static byte Bucket(int count) =>
        count switch
        {
            0 => 0,
            1 => 1,
            2 => 2,
            3 => 4,
            < 8 => 8,
            < 16 => 16,
            < 32 => 32,
            < 128 => 64,
            _ => 128,
        };
}
