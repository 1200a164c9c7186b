using Tocsin.Telemetry.DuckDb;

namespace Tocsin.Server.Hosting.Checks;

/// <summary>The native libraries that do not come with the runtime.</summary>
static class LibraryChecks
{
    public static Finding Zstd() =>
        SystemLibrary.Zstd.Name is { } name
            ? new("zstd", $"{name} loads")
            : new(
                "zstd",
                "libzstd cannot be loaded",
                "Install it: apt-get install libzstd1 (Debian), dnf install libzstd (Fedora)."
            );

    /// <summary>Nothing is missing without it but speed.</summary>
    public static Finding Deflate() =>
        new(
            "deflate",
            SystemLibrary.Deflate.Name is { } name
                ? $"{name} loads"
                : "libdeflate is not there: gzip bodies take two or three times as long to decode (apt-get install libdeflate0)"
        );

    /// <summary>Opens a store in a directory of its own, so that the server's files are not touched.</summary>
    public static async Task<Finding> DuckDbAsync(ServerOptions options, CancellationToken cancellation)
    {
        var scratch = Directory.CreateTempSubdirectory("tocsin-doctor-").FullName;
        try
        {
            await using var store = await DuckDbStore.OpenAsync(new(scratch), cancellation);
            return new("duckdb", "the library loads and opens a store");
        }
        catch (Exception exception) when (exception is DllNotFoundException or IOException or InvalidOperationException)
        {
            return new("duckdb", exception.Message, "Build again with Node 20 on the PATH: the library comes with the build.");
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
