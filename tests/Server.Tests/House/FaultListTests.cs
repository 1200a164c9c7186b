using System.Text.RegularExpressions;

namespace Server.Tests.House;

/// <summary>The list of faults names tests that exist, and says of each fault what is shown or what is open.</summary>
public sealed partial class FaultListTests
{
    static readonly Lazy<HashSet<string>> Methods = new(FindMethods);

    [Fact]
    public void Every_fault_has_a_test_or_says_why_not()
    {
        FaultList.All.Select(fault => fault.Id).ShouldBe(Enumerable.Range(1, 24).Select(number => $"F{number}"));
        FaultList.All.ShouldAllBe(fault => fault.Tests.Count > 0 || fault.Open != null);
    }

    [Fact]
    public void Every_named_test_exists() => Missing(FaultList.All).ShouldBeEmpty();

    [Fact]
    public void A_test_that_does_not_exist_is_noticed() =>
        Missing([new("F0", "planted") { Tests = ["No_test_" + "has_this_name"] }]).ShouldHaveSingleItem();

    [Fact]
    public void The_guide_names_every_fault()
    {
        var guide = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "reliability.md"));

        FaultList.All.Where(fault => !guide.Contains($"| {fault.Id} |", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    static IEnumerable<string> Missing(IEnumerable<Fault> faults) =>
        faults.SelectMany(fault => fault.Tests).Where(test => !Methods.Value.Contains(test)).Distinct();

    static HashSet<string> FindMethods() =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Checkout.Root, "tests"), "*.cs", SearchOption.AllDirectories)
                .Where(path =>
                    !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                )
                .SelectMany(path => Declaration.Matches(File.ReadAllText(path)))
                .Select(match => match.Groups[1].Value),
        ];

    [GeneratedRegex(@"(?:async Task|void|Task) ([A-Z][A-Za-z0-9_]*)\(")]
    static partial Regex Declaration { get; }
}
