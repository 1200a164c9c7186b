namespace Tocsin.Journal;

/// <summary>Another process holds the journal's directory; two writers would destroy each other's records.</summary>
public sealed class JournalInUseException(string directory)
    : IOException(
        $"The journal in {directory} is in use by another process. Stop that process, or give this one a data directory of its own."
    )
{
    public string Directory { get; } = directory;
}
