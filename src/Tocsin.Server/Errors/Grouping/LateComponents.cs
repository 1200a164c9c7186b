using System.Collections;

namespace Tocsin.Server.Errors.Grouping;

/// <summary>
/// Children that exist once somebody looks at them. Every event is grouped by its frames, and of hardly any is the explanation read: what
/// goes into the hash must not cost an object for each part of each frame.
/// </summary>
abstract class LateComponents : IReadOnlyList<Component>
{
    IReadOnlyList<Component>? made;

    public int Count => Made.Count;

    public Component this[int index] => Made[index];

    IReadOnlyList<Component> Made => made ??= Make();

    /// <summary>The values of those that contribute, in order, as the components would give them.</summary>
    public abstract void CollectLeaves(List<string> leaves);

    public IEnumerator<Component> GetEnumerator() => Made.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    protected abstract IReadOnlyList<Component> Make();
}
