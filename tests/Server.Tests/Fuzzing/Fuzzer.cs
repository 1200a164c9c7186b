using System.Diagnostics;

namespace Server.Tests.Fuzzing;

/// <summary>
/// Mutates inputs, runs them through the readers with probes, and mutates further those that took a way which none took before. What it does
/// follows from the seed alone.
/// </summary>
sealed class Fuzzer
{
    /// <summary>For one input of at most 60 KB.</summary>
    const long MostAllocated = 64 << 20;
    const int Short = 4_096;
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    readonly FuzzTarget target;
    readonly int seed;
    readonly bool led;
    readonly Random random;
    readonly Mutator mutator;
    readonly Corpus corpus = new();
    int left;

    Fuzzer(FuzzTarget target, int seed, int executions, bool led, IReadOnlyList<(int Block, byte[] Word)> words)
    {
        (this.target, this.seed, left, this.led, random) = (target, seed, executions, led, new(seed));
        mutator = new(random, words);
    }

    /// <summary>To be called in the copy of this assembly that has probes; see <see cref="Instrumented"/>.</summary>
    /// <param name="target">The name of what reads the inputs.</param>
    /// <param name="seed">Of all choices.</param>
    /// <param name="executions">After which it gives up.</param>
    /// <param name="led">False: only what was given at the beginning is mutated, wherever that leads; to see what the feedback is worth.</param>
    /// <param name="poor">Begins with the shortest input instead of all of them, so that there is more left to find.</param>
    /// <param name="words">For the mutator.</param>
    public static (string? Find, int Edges) Run(
        string target,
        int seed,
        int executions,
        bool led,
        bool poor,
        IReadOnlyList<(int Block, byte[] Word)> words
    )
    {
        var reader = FuzzTarget.Named(target);
        var seeds = reader.Seeds().OrderBy(input => input.Length).Take(poor ? 1 : int.MaxValue).ToList();
        var fuzzer = new Fuzzer(reader with { Seeds = () => seeds }, seed, executions, led, words);
        return (fuzzer.Run()?.ToString(), fuzzer.corpus.Edges);
    }

    FuzzFind? Run()
    {
        foreach (var input in target.Seeds())
        {
            left--;
            if (Try(input, isSeed: true) is { } find)
            {
                return find;
            }
        }
        while (left-- > 0)
        {
            var input = corpus.Promising(random);
            var made =
                target.Within is { } within && random.Next(2) == 0
                    ? within(input, random, part => mutator.Of(part, part))
                    : mutator.Of(input, corpus.Any(random));
            if (Try(made, isSeed: false) is { } find)
            {
                return find;
            }
        }
        return null;
    }

    FuzzFind? Try(byte[] input, bool isSeed)
    {
        var what = Execute(input);
        if (what is not null)
        {
            return new(target, seed, input, what);
        }
        if (corpus.IsNew(Reached.Map))
        {
            // What the first run of a piece of code does (types that are initialised, caches that fill) belongs to no input, and the words of
            // that code neither: the next run with this seed would not see it.
            Array.Clear(Reached.Entered);
            what = Execute(input);
        }
        if (isSeed || (led && IsWorthIt(input)))
        {
            corpus.Keep(input, Reached.Map, isSeed);
            mutator.Learn(Reached.Entered);
        }
        else
        {
            corpus.Note(Reached.Map);
        }
        return what is null ? null : new(target, seed, input, what);
    }

    /// <summary>Of those that only go on for longer, the short ones.</summary>
    bool IsWorthIt(byte[] input) => input.Length < Short ? corpus.IsNew(Reached.Map) : corpus.HasNewEdge(Reached.Map);

    /// <summary>Null: it did what any input may do.</summary>
    string? Execute(byte[] input)
    {
        Reached.Forget();
        var (allocated, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        try
        {
            target.Run(input);
        }
        catch (Exception thrown)
        {
            return thrown.ToString();
        }
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var took = Stopwatch.GetElapsedTime(started);
        return allocated > MostAllocated ? $"{allocated} bytes were allocated"
            : took > Longest ? $"it took {took}"
            : null;
    }
}

/// <summary>An input that does what none may do. As a fixture it is a file <c>Fuzzing/Finds/target.name</c>.</summary>
sealed record FuzzFind(FuzzTarget Target, int Seed, byte[] Input, string What)
{
    public override string ToString() =>
        $"""
            {Target.Name}: {What}
            Again: TOCSIN_SEED={Seed} dotnet tests/Server.Tests/bin/Release/net10.0/Server.Tests.dll -method "*Nothing_is_found"
            To keep: base64 -d <<<'{Convert.ToBase64String(Input)}' >tests/Server.Tests/Fuzzing/Finds/{Target.Name}.NAME
            """;
}
