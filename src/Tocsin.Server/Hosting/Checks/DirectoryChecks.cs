using Tocsin.Journal.Files;

namespace Tocsin.Server.Hosting.Checks;

/// <summary>The data directory: may we write, is there room, does another process hold it, were files set aside.</summary>
static class DirectoryChecks
{
    const long LowSpace = 1L << 30;

    public static Finding Writable(ServerOptions options)
    {
        var directory = Existing(options.Data);
        var probe = Path.Combine(directory, $".tocsin-doctor-{Environment.ProcessId}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new(
                "data",
                Directory.Exists(options.Data)
                    ? $"{options.Data} is writable"
                    : $"{options.Data} will be created at the first start"
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(
                "data",
                exception.Message,
                $"Let the user '{Environment.UserName}' write to {directory}, or set {Setting.Data.Variable}."
            );
        }
    }

    public static Finding FreeSpace(ServerOptions options)
    {
        var free = new DiskFileLayer().FreeBytes(Existing(options.Data));
        var fact = $"{free / 1_000_000_000.0:F1} GB free";
        return free >= LowSpace
            ? new("disk", fact)
            : new("disk", fact, "Free some space: below 128 MB new events are refused with 503.");
    }

    public static Finding Lock(ServerOptions options)
    {
        if (!Directory.Exists(options.JournalDirectory))
        {
            return new("process", "no server has run here yet");
        }
        using var held = new DiskFileLayer().TryLock(
            Path.Combine(options.JournalDirectory, Tocsin.Journal.Segments.SegmentJournal.LockName)
        );
        return new(
            "process",
            held is null ? "a server is running on this data directory" : "no server is running on this data directory"
        );
    }

    /// <summary>Day files that could not be opened were renamed; the server rebuilds them from the payload segments.</summary>
    public static Finding DamagedDays(ServerOptions options)
    {
        var damaged = Directory.Exists(options.TelemetryDirectory)
            ? Directory.EnumerateFiles(options.TelemetryDirectory, "*damaged*").Select(Path.GetFileName).ToList()
            : [];
        return damaged.Count == 0
            ? new("telemetry", "no file was set aside")
            : new(
                "telemetry",
                $"set aside as damaged: {string.Join(", ", damaged)}",
                "The server rebuilds such a day by itself (see the Pipeline page). When it has, delete these files; check the disk's health."
            );
    }

    static string Existing(string directory)
    {
        while (!Directory.Exists(directory) && Path.GetDirectoryName(directory) is { Length: > 0 } parent)
        {
            directory = parent;
        }
        return directory;
    }
}
