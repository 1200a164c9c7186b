using System.Diagnostics;

namespace Server.Tests.Fuzzing;

/// <summary>
/// Mutates what is known to be interesting and keeps what ended in a new way. The feedback is how an input ended and how much it allocated, not
/// which branches it took: that is coarser, needs no instrumented build, and runs in every test run.
/// </summary>
sealed class Fuzzer(FuzzTarget target, int seed)
{
    /// <summary>For one input of at most 60 KB.</summary>
    const long MostAllocated = 64 << 20;
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    readonly Random random = new(seed);
    readonly List<byte[]> known = [];
    readonly HashSet<string> seen = [];

    /// <summary>Different ways in which inputs ended.</summary>
    public int Ways => seen.Count;

    /// <summary>Null: nothing was found.</summary>
    public FuzzFind? Run(int executions)
    {
        var mutator = new Mutator(random);
        foreach (var input in target.Seeds())
        {
            if (Try(input) is { } find)
            {
                return find;
            }
            known.Add(input);
        }
        for (var i = known.Count; i < executions; i++)
        {
            var input = mutator.Of(known[random.Next(known.Count)], known[random.Next(known.Count)]);
            if (Try(input) is { } find)
            {
                return find;
            }
        }
        return null;
    }

    FuzzFind? Try(byte[] input)
    {
        var (allocated, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        string way;
        try
        {
            way = target.Run(input);
        }
        catch (Exception thrown)
        {
            return new(target, input, thrown.ToString());
        }
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (allocated > MostAllocated)
        {
            return new(target, input, $"{allocated} bytes were allocated");
        }
        if (Stopwatch.GetElapsedTime(started) > Longest)
        {
            return new(target, input, $"it took {Stopwatch.GetElapsedTime(started)}");
        }
        if (seen.Add($"{way} {(int)Math.Log2(allocated + 1)}"))
        {
            known.Add(input);
        }
        return null;
    }
}

/// <summary>An input that does what none may do. As a fixture it is a file <c>Fuzzing/Finds/target.name</c>.</summary>
sealed record FuzzFind(FuzzTarget Target, byte[] Input, string What)
{
    public override string ToString() =>
        $"{Target.Name}: {What}\nKeep it as tests/Server.Tests/Fuzzing/Finds/{Target.Name}.NAME:\nbase64 -d <<<'{Convert.ToBase64String(Input)}'";
}
