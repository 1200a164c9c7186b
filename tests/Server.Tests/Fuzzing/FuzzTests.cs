using Server.Tests.House;

namespace Server.Tests.Fuzzing;

/// <summary>No input, whatever it is, throws, hangs or takes memory out of proportion.</summary>
public sealed class FuzzTests
{
    static readonly bool Long = Environment.GetEnvironmentVariable("TOCSIN_LONG") == "1";

    /// <summary>Of each target.</summary>
    static readonly int Executions = Number("TOCSIN_FUZZ", Long ? 75_000 : 1_500);
    static readonly int Seed = Number("TOCSIN_SEED", 1);

    public static TheoryData<string> Targets { get; } = [.. FuzzTarget.All.Select(target => target.Name)];

    public static TheoryData<string> Finds { get; } =
    [.. Directory.GetFiles(FindsFolder).Select(Path.GetFileName).OfType<string>()];

    static string FindsFolder => Path.Combine(Checkout.Root, "tests", "Server.Tests", "Fuzzing", "Finds");

    [Theory]
    [MemberData(nameof(Targets))]
    public void Nothing_is_found(string name)
    {
        var (find, edges) = Instrumented.Fuzz(name, Seed, Executions);

        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {Executions} inputs, {edges} edges");
        find.ShouldBeNull();
        edges.ShouldBeGreaterThan(20, "the seeds and their mutations must reach more than the first refusal");
    }

    [Theory]
    [MemberData(nameof(Finds))]
    public void What_was_found_once_is_mended(string file)
    {
        var target = FuzzTarget.Named(file.Split('.')[0]);

        Should.NotThrow(() => target.Run(File.ReadAllBytes(Path.Combine(FindsFolder, file))));
    }

    [Fact]
    public void A_mistake_behind_five_conditions_is_found_by_the_ways_that_lead_there_and_not_blindly()
    {
        const int Enough = 20_000;

        Instrumented.Fuzz(PlantedParser.Target.Name, seed: 1, Enough, led: false).Find.ShouldBeNull();

        Instrumented.Fuzz(PlantedParser.Target.Name, seed: 1, Enough).Find.ShouldNotBeNull().ShouldContain("planted");
    }

    /// <summary>With TOCSIN_LONG=1 and -diagnostics it prints the figures of docs/reliability.md, also where feedback does not lead further.</summary>
    [Fact]
    public void From_one_search_feedback_leads_further_than_chance()
    {
        var others = Long ? (string[])["envelope", "otlp-json", "otlp-protobuf", "spans", "transaction", "store"] : [];
        foreach (var name in others)
        {
            _ = (Reaches(name, led: true), Reaches(name, led: false));
        }

        Reaches("search", led: true).ShouldBeGreaterThan(Reaches("search", led: false));

        static int Reaches(string name, bool led)
        {
            var edges = Enumerable
                .Range(1, 3)
                .Sum(seed => Instrumented.Fuzz(name, seed, Long ? 15_000 : 1_500, led, poor: true).Edges);
            TestContext.Current.SendDiagnosticMessage($"{name}: {edges / 3} edges {(led ? "with" : "without")} feedback");
            return edges;
        }
    }

    [Fact]
    public void The_same_seed_takes_the_same_ways() =>
        Instrumented.Fuzz("search", seed: 7, 1_000).ShouldBe(Instrumented.Fuzz("search", seed: 7, 1_000));

    static int Number(string setting, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(setting), out var number) ? number : usual;
}
