namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>Whether the frame of that index counts in one view, and why it does not.</summary>
readonly record struct SeenFrame(int Index, bool Counts, string? Hint)
{
    public SeenFrame Without(string hint) => this with { Counts = false, Hint = hint };
}

/// <summary>A stack's frames in one view, in the order in which they count.</summary>
sealed class SeenStack(FrameContribution[] said, SeenFrame[] frames) : LateComponents
{
    public override void CollectLeaves(List<string> leaves)
    {
        foreach (var frame in frames)
        {
            if (frame.Counts)
            {
                said[frame.Index].CollectLeaves(leaves);
            }
        }
    }

    protected override IReadOnlyList<Component> Make() => Array.ConvertAll(frames, frame => said[frame.Index].ToComponent(frame));
}
