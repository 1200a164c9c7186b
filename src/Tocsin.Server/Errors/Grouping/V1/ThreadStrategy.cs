using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.InApp;

namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>Groups by the one thread that matters: the crashed, else the current, else the only one. Several of a kind say nothing.</summary>
static class ThreadStrategy
{
    public static StrategyResult? Find(ErrorEvent e, StackRules rules, StackLooks looks)
    {
        var thread = Only(e.Threads, thread => thread.Crashed == true) ?? Only(e.Threads, thread => thread.Current == true);
        thread ??= e.Threads.Count == 1 ? e.Threads[0] : null;
        if (thread?.StackTrace is not { } stack)
        {
            return null;
        }
        var (app, system) = StackTraceStrategy.Of(stack, e.Platform, null, rules, looks);
        return new(Component.Branch("threads", [app]), Component.Branch("threads", [system]), null);
    }

    static ThreadValue? Only(IReadOnlyList<ThreadValue> threads, Func<ThreadValue, bool> matches)
    {
        ThreadValue[] found = [.. threads.Where(matches).Take(2)];
        return found.Length == 1 ? found[0] : null;
    }
}
