namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>What DuckDB refused, in its own words.</summary>
sealed class DuckDbException(DuckDbErrorKind kind, string message) : TelemetryStoreException(message)
{
    public DuckDbErrorKind Kind => kind;

    public bool IsOutOfMemory => kind == DuckDbErrorKind.OutOfMemory;

    public bool IsInterrupt => kind == DuckDbErrorKind.Interrupt;

    /// <summary>After these DuckDB answers nothing any more on this instance; it must be closed and opened again.</summary>
    public bool EndsInstance =>
        kind is DuckDbErrorKind.Fatal or DuckDbErrorKind.Internal
        || Message.Contains("has been invalidated", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether opening the files anew, and looking at what is in them, may help.</summary>
    public bool WantsMending => EndsInstance || BlamesFile && !SparesFile;

    /// <summary>The machine or another process is in the way; the file may be as good as it was.</summary>
    public bool SparesFile =>
        IsInterrupt || IsOutOfMemory || Excuses.Any(excuse => Message.Contains(excuse, StringComparison.OrdinalIgnoreCase));

    /// <summary>Another process has the file.</summary>
    public bool IsLock => Message.Contains(LockText, StringComparison.Ordinal);

    const string LockText = "Could not set lock";

    /// <summary>A block of a file does not hold what DuckDB wrote there.</summary>
    public bool BlamesFile =>
        kind is DuckDbErrorKind.Io or DuckDbErrorKind.Serialization
        || Message.Contains("corrupt", StringComparison.OrdinalIgnoreCase)
        || Message.Contains("checksum", StringComparison.OrdinalIgnoreCase);

    static readonly string[] Excuses =
    [
        "Could not set lock",
        "No space left",
        "Permission denied",
        "Too many open files",
        "Out of memory",
    ];
}
