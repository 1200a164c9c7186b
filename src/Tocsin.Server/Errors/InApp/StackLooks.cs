using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.InApp;

/// <summary>The stacks of one event as the rules see them: in-app detection looks at each frame first, grouping again, and neither folds twice.</summary>
sealed class StackLooks
{
    readonly Dictionary<StackTrace, FrameFacts[]> facts = new(ReferenceEqualityComparer.Instance);

    /// <summary>What is known of a stack, whose frames are marked with it.</summary>
    public void Remember(StackTrace stack, FrameFacts[] facts) => this.facts[stack] = facts;

    public FrameFacts[] Of(StackTrace stack, string? platform) =>
        facts.TryGetValue(stack, out var known) ? known : StackRules.Facts(stack, platform);
}
