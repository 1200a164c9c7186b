using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Grouping.Fingerprints;
using Tocsin.Server.Errors.InApp;

namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>
/// Version 1 of "which issue does this event belong to". Pure and never edited once released: everything in this folder, and the rules in
/// <see cref="DefaultRulesV1"/>, decide hashes that are stored. A better idea is a new version beside this one.
/// The first strategy that finds something to group by decides; fingerprints then replace or salt what it found.
/// </summary>
static class GroupingV1
{
    public const string Config = "tocsin:v1";

    static readonly (string Name, Func<ErrorEvent, StackRules, StackLooks, StrategyResult?> Find)[] Strategies =
    [
        ("exception", ExceptionStrategy.Find),
        ("threads", ThreadStrategy.Find),
        ("stacktrace", StackTraceStrategy.Find),
        ("template", TemplateStrategy.Find),
        ("security", SecurityStrategy.Find),
        ("message", MessageStrategy.Find),
    ];

    /// <param name="looks">What in-app detection has already found out about the frames; null: nothing.</param>
    public static GroupingResult Group(ErrorEvent e, StackRules rules, FingerprintRules fingerprints, StackLooks? looks = null)
    {
        looks ??= new();
        var found = Strategies
            .Select(strategy => strategy.Find(e, rules, looks))
            .FirstOrDefault(result => result?.Contributes == true);
        var variants = found is null ? Fallback() : VariantSelection.Of(found);
        var rule = fingerprints.Find(e);
        var chosen = FingerprintVariants.Apply(e, variants, rule);
        return new()
        {
            Config = Config,
            Hashes = [.. chosen.Variants.Where(variant => variant.Contributes).Select(variant => variant.Hash!).Distinct()],
            Variants = chosen.Variants,
            Fingerprint = chosen.Fingerprint,
            Title = rule?.TitleOf(e),
            Rule = rule?.Text,
            MainException = found?.MainException,
        };
    }

    // Nothing to go by: all such events of a project share the hash of nothing.
    static Variant[] Fallback() => [new("fallback", new Component("fallback", true))];
}

/// <summary>What a strategy saw: the whole, and where stacks are involved also the user's own part of it.</summary>
sealed record StrategyResult(Component? App, Component? System, Component? Default)
{
    public int? MainException { get; init; }

    public bool Contributes => App?.Contributes == true || System?.Contributes == true || Default?.Contributes == true;
}
