namespace Faults;

public enum FileOperation
{
    List,
    Create,
    Open,
    Rename,
    Delete,
    SyncDirectory,
    FreeBytes,
    Write,
    Read,
    Sync,
    Truncate,
    Release,
}

/// <summary>One call of a file layer. Number counts the calls of this operation from 1; offset and length are 0 where they mean nothing.</summary>
public sealed record FileCall(FileOperation Operation, string Path, int Number, long Offset, long Length);
