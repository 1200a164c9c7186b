using Server.Tests.House;

namespace Server.Tests.Fuzzing;

/// <summary>No input, whatever it is, throws, hangs or takes memory out of proportion.</summary>
public sealed class FuzzTests
{
    static readonly bool Long = Environment.GetEnvironmentVariable("TOCSIN_LONG") == "1";
    static readonly int Executions = Long ? 75_000 : 1_500;

    public static TheoryData<string> Targets { get; } = [.. FuzzTarget.All.Select(target => target.Name)];

    public static TheoryData<string> Finds { get; } =
    [.. Directory.GetFiles(FindsFolder).Select(Path.GetFileName).OfType<string>()];

    static string FindsFolder => Path.Combine(Checkout.Root, "tests", "Server.Tests", "Fuzzing", "Finds");

    [Theory]
    [MemberData(nameof(Targets))]
    public void Nothing_is_found(string name)
    {
        var fuzzer = new Fuzzer(Named(name), seed: 1);

        fuzzer.Run(Executions)?.ToString().ShouldBeNull();

        fuzzer.Ways.ShouldBeGreaterThan(2, "the seeds and their mutations must reach more than the first refusal");
    }

    [Theory]
    [MemberData(nameof(Finds))]
    public void What_was_found_once_is_mended(string file)
    {
        var target = Named(file.Split('.')[0]);

        target.Run(File.ReadAllBytes(Path.Combine(FindsFolder, file))).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_parser_that_fails_deep_inside_is_found()
    {
        var planted = new FuzzTarget(
            "planted",
            input =>
                input is [(byte)'{', ..]
                && input.AsSpan().IndexOf("\"a\":["u8) is var at and >= 0
                && input.AsSpan(at).IndexOf((byte)'!') >= 0
                    ? throw new InvalidOperationException("planted")
                    : $"{input is [(byte)'{', ..]} {input.AsSpan().IndexOf("\"a\":["u8) >= 0}",
            () => ["{\"a\":1}"u8.ToArray(), "[{\"a\":[]}]"u8.ToArray()]
        );

        new Fuzzer(planted, seed: 1).Run(50_000).ShouldNotBeNull().What.ShouldContain("planted");
    }

    static FuzzTarget Named(string name) => FuzzTarget.All.Single(target => target.Name == name);
}
