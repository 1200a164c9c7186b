using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>
/// Picks the exceptions that count. A plain chain counts whole. A tree of exceptions (Python's ExceptionGroup, AggregateException) counts
/// without its wrapper when all its direct children are the same error; else with one of each distinct child.
/// </summary>
static class ExceptionGroups
{
    public static (IReadOnlyList<ExceptionParts> Parts, int? Main) Choose(
        IReadOnlyList<ExceptionValue> exceptions,
        Func<ExceptionValue, ExceptionParts> partsOf
    )
    {
        if (exceptions.Count == 1 || Tree.TryBuild(exceptions) is not { } tree)
        {
            return ([.. exceptions.Select(partsOf)], null);
        }
        var top = tree.TopLevel();
        var distinct = top.DistinctBy(index => partsOf(exceptions[index]).Identity).ToArray();
        if (distinct.Length == 1)
        {
            var path = tree.FirstPath(distinct[0]);
            return ([.. path.Select(index => partsOf(exceptions[index]))], path[^1]);
        }
        return ([.. distinct.Reverse().Append(tree.Root).Select(index => partsOf(exceptions[index]))], null);
    }

    sealed class Tree
    {
        readonly IReadOnlyList<ExceptionValue> exceptions;
        readonly Dictionary<long, List<int>> children = [];

        Tree(IReadOnlyList<ExceptionValue> exceptions) => this.exceptions = exceptions;

        public int Root { get; private set; } = -1;

        /// <summary>Null when the ids make no tree with a group in it: twice the same, a missing parent, a circle, no or two roots.</summary>
        public static Tree? TryBuild(IReadOnlyList<ExceptionValue> exceptions)
        {
            var tree = new Tree(exceptions);
            var ids = new Dictionary<long, int>();
            for (var i = 0; i < exceptions.Count; i++)
            {
                if (exceptions[i].Mechanism?.ExceptionId is not { } id || !ids.TryAdd(id, i))
                {
                    return null;
                }
            }
            for (var i = 0; i < exceptions.Count; i++)
            {
                var mechanism = exceptions[i].Mechanism!;
                if (mechanism.ParentId is { } parent)
                {
                    // Parents have smaller ids than their children, so a circle is impossible once this holds.
                    if (!ids.ContainsKey(parent) || parent >= mechanism.ExceptionId)
                    {
                        return null;
                    }
                    if (!tree.children.TryGetValue(parent, out var children))
                    {
                        tree.children[parent] = children = [];
                    }
                    children.Add(i);
                }
                else if (tree.Root >= 0)
                {
                    return null;
                }
                else
                {
                    tree.Root = i;
                }
            }
            var isGroup = exceptions.Any(exception => exception.Mechanism!.IsExceptionGroup == true);
            return isGroup && tree.Root >= 0 ? tree : null;
        }

        /// <summary>The first exceptions below groups that are no groups themselves, by id.</summary>
        public List<int> TopLevel()
        {
            var found = new List<int>();
            var open = new Stack<int>([Root]);
            while (open.TryPop(out var index))
            {
                var mechanism = exceptions[index].Mechanism!;
                var children = ChildrenOf(index);
                if (mechanism.IsExceptionGroup == true && children.Count > 0)
                {
                    foreach (var child in children.OrderByDescending(IdOf))
                    {
                        open.Push(child);
                    }
                }
                else
                {
                    found.Add(index);
                }
            }
            return found;
        }

        /// <summary>From the deepest first child up to the given exception, in the order in which chains are listed: cause first.</summary>
        public List<int> FirstPath(int from)
        {
            var path = new List<int> { from };
            while (ChildrenOf(path[0]) is { Count: > 0 } children)
            {
                path.Insert(0, children.MinBy(IdOf));
            }
            return path;
        }

        List<int> ChildrenOf(int index) => this.children.TryGetValue(IdOf(index), out var children) ? children : [];

        long IdOf(int index) => exceptions[index].Mechanism!.ExceptionId!.Value;
    }
}
