namespace Tocsin.Server.Hosting.Checks;

/// <summary>
/// A data directory that has lost its metadata while what the metadata describes still lies in it. SQLite takes an empty file for a new
/// database, and throws away the log beside it: the server would begin as a new installation, on events that belong to nobody. So this is
/// looked for before anything opens the file. A first start that died does not look like this: the schema is durable before the first
/// segment is made.
/// </summary>
static class LostMetadata
{
    /// <summary>Of SQLite. The first page lists the tables; each has pages of its own.</summary>
    const int Page = 4096;

    /// <summary>Null: nothing is lost, or PostgreSQL has the metadata.</summary>
    public static Finding? Find(ServerOptions options)
    {
        if (options.Metadata is not null || HoldsTables(options.MetadataFile) || Beside(options) is not { Count: > 0 } beside)
        {
            return null;
        }
        var state = File.Exists(options.MetadataFile) ? "is empty" : "is missing";
        return new(
            "metadata",
            $"{options.MetadataFile} {state}, though what it describes lies beside it ({string.Join(", ", beside)})",
            $"Restore it from a copy (or set {Setting.Metadata.Variable}, if PostgreSQL has the metadata), or move {options.Data} away to begin anew."
        );
    }

    static bool HoldsTables(string file) =>
        Length(file) is var length && (length > Page || (length > 0 && Length(file + "-wal") > 0));

    static long Length(string file) => new FileInfo(file) is { Exists: true } found ? found.Length : 0;

    static List<string> Beside(ServerOptions options)
    {
        (string Directory, string Pattern)[] kinds =
        [
            (options.JournalDirectory, "*.segment"),
            (options.PayloadDirectory, "*.seg"),
            (options.TelemetryDirectory, "*.duckdb"),
        ];
        return
        [
            .. kinds
                .Where(kind => Directory.Exists(kind.Directory))
                .Select(kind => (Name: Path.GetFileName(kind.Directory), Files: Directory.GetFiles(kind.Directory, kind.Pattern)))
                .Where(kind => kind.Files.Length > 0)
                .Select(kind => $"{kind.Name}: {kind.Files.Length} {(kind.Files.Length == 1 ? "file" : "files")}"),
        ];
    }
}
