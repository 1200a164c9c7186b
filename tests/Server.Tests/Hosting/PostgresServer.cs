using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Server.Tests.Hosting;
using Tocsin.Server.Metadata;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Server.Tests.Hosting;

/// <summary>
/// A PostgreSQL server of the test run's own, started with the first database that is asked for and thrown away at the end.
/// <c>initdb</c> and <c>pg_ctl</c> must be on the path; as root they run as the user <c>postgres</c>, since the server refuses root.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    const string Template = "migrated";

    /// <summary>It is thrown away: nothing of it need survive a crash, and no table lives long enough to be looked after.</summary>
    const string Careless =
        "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=4GB "
        + "-c autovacuum=off -c jit=off";

    static readonly SemaphoreSlim Gate = new(1, 1);
    static PostgresServer? current;
    static int databases;

    string? directory;
    int port;
    bool hasTemplate;

    public PostgresServer() => current = this;

    /// <summary>The connection string of a fresh, empty database.</summary>
    public static Task<string> CreateDatabaseAsync() => CreateDatabaseAsync(isMigrated: false);

    /// <summary>The connection string of a fresh database with the product's tables: making them takes longer than most tests.</summary>
    public static Task<string> CreateMigratedAsync() => CreateDatabaseAsync(isMigrated: true);

    static async Task<string> CreateDatabaseAsync(bool isMigrated)
    {
        var server = current ?? throw new InvalidOperationException("The assembly fixture has not been made.");
        await server.StartAsync(isMigrated);
        var name = $"tocsin_{Interlocked.Increment(ref databases)}";
        await server.ExecuteAsync(isMigrated ? $"CREATE DATABASE {name} TEMPLATE {Template}" : $"CREATE DATABASE {name}");
        return server.ConnectionString(name);
    }

    async Task StartAsync(bool withTemplate)
    {
        await Gate.WaitAsync();
        try
        {
            if (directory is null)
            {
                await StartAsync();
            }
            if (withTemplate && !hasTemplate)
            {
                await ExecuteAsync($"CREATE DATABASE {Template}");
                // No connection may be left to what is copied.
                await using var db = MetadataDb.Postgres($"{ConnectionString(Template)};Pooling=false");
                await MetadataSchema.MigrateAsync(db, TimeProvider.System, CancellationToken.None);
                hasTemplate = true;
            }
        }
        finally
        {
            Gate.Release();
        }
    }

    async Task ExecuteAsync(string sql)
    {
        await using var admin = new NpgsqlConnection(ConnectionString("postgres"));
        await admin.OpenAsync();
        await using var command = new NpgsqlCommand(sql, admin);
        await command.ExecuteNonQueryAsync();
    }

    async Task StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("tocsin-postgres-").FullName;
        port = FreePort();
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "postgres", directory);
        }
        var data = Path.Combine(directory, "data");
        await RunAsPostgresAsync("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        var options = string.Create(
            CultureInfo.InvariantCulture,
            $"-p {port} -k {directory} -c listen_addresses=127.0.0.1 {Careless}"
        );
        await RunAsPostgresAsync("pg_ctl", "-D", data, "-l", Path.Combine(directory, "log"), "-o", options, "-w", "start");
        this.directory = directory;
    }

    public async ValueTask DisposeAsync()
    {
        if (directory is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsPostgresAsync("pg_ctl", "-D", Path.Combine(directory, "data"), "-m", "immediate", "-w", "stop");
            Directory.Delete(directory, recursive: true);
        }
    }

    string ConnectionString(string database) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Host=127.0.0.1;Port={port};Username=postgres;Database={database};Maximum Pool Size=20"
        );

    static Task RunAsPostgresAsync(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess
            ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--", program, .. arguments])
            : RunAsync(program, arguments);

    static async Task RunAsync(string program, params string[] arguments)
    {
        // The server inherits what it is given: with pipes, reading their end would wait for the server's own.
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}");
    }

    /// <summary>
    /// Below those from which the system lets connections out: the database's files take seconds to make, and until then one of those could be
    /// taken.
    /// </summary>
    static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 30_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's.
            }
        }
    }
}
