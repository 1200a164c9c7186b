using System.Collections.Concurrent;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;

namespace Simulation.World;

/// <summary>
/// The metadata database of a world: a real SQLite file with two projects, copied from one that is made once. In memory where the machine has
/// such a directory: what SQLite makes durable is not ours to prove.
/// </summary>
sealed class MetadataFile : IDisposable
{
    public const string ShopKey = "9f3c1e5a7b2d4c6e8f0a1b2c3d4e5f60";
    public const string DeskKey = "8e2b0d49ba1c3b5d7ef90a1b2c3d4e5f";

    static readonly Lazy<byte[]> Template = new(Make);

    /// <summary>
    /// Worlds that are over leave their directory to the next: statements are compiled once for each path of a database, and stay for ever.
    /// </summary>
    static readonly ConcurrentBag<string> Left = [];

    readonly string directory = Left.TryTake(out var left) ? left : NewDirectory();

    static MetadataFile() => AppDomain.CurrentDomain.ProcessExit += (_, _) => DeleteAll();

    public MetadataFile()
        : this([("metadata.db", Template.Value)]) { }

    /// <summary>As a crash left it.</summary>
    public MetadataFile(IReadOnlyList<(string Name, byte[] Bytes)> files)
    {
        foreach (var (name, bytes) in files)
        {
            File.WriteAllBytes(System.IO.Path.Combine(directory, name), bytes);
        }
    }

    public string Path => System.IO.Path.Combine(directory, "metadata.db");

    /// <summary>What a crash at this moment would leave; no transaction may be open.</summary>
    public IReadOnlyList<(string Name, byte[] Bytes)> Copy() =>
        [
            .. Directory
                .GetFiles(directory)
                .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(file => (System.IO.Path.GetFileName(file), File.ReadAllBytes(file))),
        ];

    public void Dispose()
    {
        foreach (var file in Directory.GetFiles(directory))
        {
            File.Delete(file);
        }
        Left.Add(directory);
    }

    static void DeleteAll()
    {
        foreach (var directory in Left)
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    static string NewDirectory()
    {
        const string InMemory = "/dev/shm";
        return Directory.Exists(InMemory)
            ? Directory.CreateDirectory(System.IO.Path.Combine(InMemory, $"tocsin-{Guid.NewGuid():n}")).FullName
            : Directory.CreateTempSubdirectory("tocsin-simulation-").FullName;
    }

    static byte[] Make()
    {
        var directory = NewDirectory();
        try
        {
            var path = System.IO.Path.Combine(directory, "metadata.db");
            MakeAsync(path).GetAwaiter().GetResult();
            return File.ReadAllBytes(path);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    static async Task MakeAsync(string path)
    {
        var time = new SimulatedTime(new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero));
        await using var db = MetadataDb.Sqlite(path);
        await MetadataSchema.MigrateAsync(db, time, CancellationToken.None);
        var organization = await db.WriteAsync(
            transaction =>
                transaction.ScalarAsync<long>(
                    "INSERT INTO organizations (slug, name, created) VALUES ('acme', 'Acme', 0) RETURNING id"
                ),
            CancellationToken.None
        );
        using var directory = new ProjectDirectory(db);
        var commands = new ProjectCommands(db, directory, time);
        await commands.CreateAsync(new(organization, "Shop") { Id = 42, PublicKey = ShopKey }, CancellationToken.None);
        await commands.CreateAsync(new(organization, "Desk") { Id = 43, PublicKey = DeskKey }, CancellationToken.None);
    }
}
