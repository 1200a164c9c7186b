namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>One of the things a frame may say, with why it does not count or how it was changed. The default is nothing said.</summary>
readonly record struct FramePart(string? Value, bool Counts, string? Hint)
{
    public static FramePart Counted(string value, string? hint = null) => new(value, true, hint);

    /// <summary>A value that is shown but does not count.</summary>
    public static FramePart Ignored(string value, string hint) => new(value, false, hint);

    public FramePart Without(string hint) => this with { Counts = false, Hint = hint };
}
