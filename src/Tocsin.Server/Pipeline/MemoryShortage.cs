namespace Tocsin.Server.Pipeline;

/// <summary>
/// Tells whether memory was short. That may be anybody's fault, and pass: it counts as a try of an item only when the item is worked on alone, and then
/// it takes as many tries as the worker makes in half a minute.
/// </summary>
sealed class MemoryShortage
{
    /// <summary>By then the worker has waited for twenty seconds in all.</summary>
    internal const int Tries = 10;

    /// <summary>Of the batch that is tried again and again.</summary>
    readonly Dictionary<(long Position, int Index), int> failed = [];

    public static bool Is(Exception exception) =>
        exception is OutOfMemoryException || exception.InnerException is { } inner && Is(inner);

    /// <summary>There was no memory for it alone. True: so often that there will be none; otherwise the batch is to be begun again.</summary>
    public bool IsTooMuch(long position, int index)
    {
        var times = failed.GetValueOrDefault((position, index)) + 1;
        failed[(position, index)] = times;
        return times >= Tries;
    }

    /// <summary>The batch is prepared.</summary>
    public void Forget() => failed.Clear();
}
