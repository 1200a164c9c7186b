namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>
/// The user's own frames decide when there are any; the whole stack then stays as a second hash. Without own frames the whole stack decides.
/// </summary>
static class VariantSelection
{
    public static Variant[] Of(StrategyResult found)
    {
        if (found.Default is not null)
        {
            return [new("default", found.Default)];
        }
        var app = found.App!;
        var system = found.System!;
        if (HasStack(app) != HasStack(system))
        {
            // A type and message without frames must not stand in for a stack that the other view has.
            app = HasStack(app) ? app : app.Without("has no in-app frames");
            system = HasStack(system) ? system : system.Without("has no frames that count");
        }
        var appVariant = new Variant("app", app);
        var systemVariant = new Variant("system", system);
        if (app.Contributes && system.Contributes && AreOneText(appVariant.Leaves, systemVariant.Leaves))
        {
            // Its parts are the app variant's, word for word.
            systemVariant = new("system", system.Without("hash matches the app variant") with { Children = [] });
        }
        return [appVariant, systemVariant];
    }

    /// <summary>Whether their hashes are the same, without making them.</summary>
    static bool AreOneText(IReadOnlyList<string> some, IReadOnlyList<string> others) =>
        some.SequenceEqual(others)
        || (some.Sum(leaf => leaf.Length) == others.Sum(leaf => leaf.Length) && string.Concat(some) == string.Concat(others));

    static bool HasStack(Component component) =>
        component.Contributes && (component.Name == "stacktrace" || component.Children.Any(HasStack));
}
