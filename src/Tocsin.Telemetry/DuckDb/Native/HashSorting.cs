using System.Runtime.InteropServices;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>Sorts hashes by one part of their bits after the other, the lowest first: they are spread evenly, so that comparing them tells little.</summary>
static unsafe class HashSorting
{
    const int Bits = 11;
    const int Places = 1 << Bits;
    const int Parts = 3;

    /// <summary>Fewer are compared sooner than all places are counted.</summary>
    const int Worthwhile = 512;

    public static void Sort(uint* hashes, int count)
    {
        if (count < Worthwhile)
        {
            new Span<uint>(hashes, count).Sort();
            return;
        }
        var places = stackalloc int[Parts * Places];
        Count(new(hashes, count), new(places, Parts * Places));
        var room = (uint*)NativeMemory.Alloc((nuint)count, sizeof(uint));
        Move(hashes, room, count, places, 0);
        Move(room, hashes, count, places + Places, Bits);
        Move(hashes, room, count, places + 2 * Places, 2 * Bits);
        new ReadOnlySpan<uint>(room, count).CopyTo(new(hashes, count));
        NativeMemory.Free(room);
    }

    /// <summary>Where the first hash of each place goes, for each part.</summary>
    static void Count(ReadOnlySpan<uint> hashes, Span<int> places)
    {
        places.Clear();
        var low = places[..Places];
        var middle = places[Places..(2 * Places)];
        var high = places[(2 * Places)..];
        foreach (var hash in hashes)
        {
            low[(int)(hash & (Places - 1))]++;
            middle[(int)((hash >> Bits) & (Places - 1))]++;
            high[(int)(hash >> (2 * Bits))]++;
        }
        for (var part = 0; part < Parts; part++)
        {
            var before = 0;
            foreach (ref var place in places.Slice(part * Places, Places))
            {
                (place, before) = (before, before + place);
            }
        }
    }

    static void Move(uint* from, uint* to, int count, int* places, int shift)
    {
        for (var at = 0; at < count; at++)
        {
            to[places[(from[at] >> shift) & (Places - 1)]++] = from[at];
        }
    }
}
