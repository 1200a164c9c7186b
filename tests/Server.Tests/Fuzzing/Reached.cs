namespace Server.Tests.Fuzzing;

/// <summary>
/// Where the probes in the instrumented assemblies report to: how often control went from one block of code to another, of which kind there are
/// too many to tell apart, so that they share the places of a map. One input at a time: the probes do not know of threads.
/// </summary>
public static class Reached
{
    public const int Places = 1 << 16;

    static int previous;

    public static byte[] Map { get; } = new byte[Places];

    /// <summary>By number: the blocks that control came into; cleared by whoever wants to know.</summary>
    public static bool[] Entered { get; } = new bool[1 << 18];

    /// <summary>What a probe calls.</summary>
    public static void Block(int block)
    {
        // Far from the places of its neighbours, so that the edges between near blocks do not fall together.
        var place = (int)((uint)block * 2654435761 >> 16) & (Places - 1);
        Map[previous ^ place]++;
        previous = place >> 1;
        Entered[block] = true;
    }

    public static void Forget()
    {
        Array.Clear(Map);
        previous = 0;
    }
}
