namespace Tocsin.Server.Errors.Grouping;

/// <summary>
/// One node of the explanation why an event belongs to its issue. A leaf holds values; only contributing nodes below contributing
/// nodes go into the hash. Hint says why a node does not count, or how its value was changed.
/// </summary>
sealed record Component(string Name, bool Contributes, string? Hint = null)
{
    public IReadOnlyList<Component> Children { get; init; } = [];
    public IReadOnlyList<string> Values { get; init; } = [];

    public static Component Leaf(string name, string value, string? hint = null) => new(name, true, hint) { Values = [value] };

    /// <summary>A value that is shown but does not count.</summary>
    public static Component Ignored(string name, string? value, string hint) =>
        new(name, false, hint) { Values = value is null ? [] : [value] };

    /// <summary>Counts when one of its children does.</summary>
    public static Component Branch(string name, IReadOnlyList<Component> children, string? hint = null) =>
        new(name, children.Any(child => child.Contributes), hint) { Children = children };

    public Component Without(string hint) => this with { Contributes = false, Hint = hint };

    public Component? Child(string name) => Children.FirstOrDefault(child => child.Name == name);

    /// <summary>The values that count, in tree order.</summary>
    public IReadOnlyList<string> Leaves()
    {
        var leaves = new List<string>();
        CollectLeaves(leaves);
        return leaves;
    }

    public void CollectLeaves(List<string> leaves)
    {
        if (!Contributes)
        {
            return;
        }
        leaves.AddRange(Values);
        if (Children is LateComponents late)
        {
            late.CollectLeaves(leaves);
            return;
        }
        foreach (var child in Children)
        {
            child.CollectLeaves(leaves);
        }
    }
}
