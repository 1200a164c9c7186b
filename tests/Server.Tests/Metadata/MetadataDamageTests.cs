using System.Data.Common;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dapper;
using Server.Tests.Hosting;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;

namespace Server.Tests.Metadata;

/// <summary>
/// Flipped bits, cut files and zeroed pages in SQLite's file: the start refuses it in one sentence, or the look over it finds the damage, or
/// everything reads as before. A bit inside a value is the exception that SQLite cannot tell.
/// </summary>
public sealed class MetadataDamageTests
{
    static readonly bool Long = Environment.GetEnvironmentVariable("TOCSIN_LONG") == "1";
    const string SqliteOnly = "SQLite only: PostgreSQL has means of its own";
    static readonly int Damages = Long ? 6_000 : 240;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Damage_to_the_metadata_is_found_unless_it_makes_another_value()
    {
        Assert.SkipWhen(TestMetadata.UsesPostgres, SqliteOnly);
        using var whole = await WholeFile.CreateAsync();
        var ends = await EndsAsync(whole.Bytes, damaged => EndOfAsync(whole, damaged));
        var told = string.Join(", ", ends);
        ends.Keys.ShouldNotContain(("cut", "another value"), told);
        ends.Keys.ShouldNotContain(("zeroed page", "another value"), told);
        ends.ShouldContainKey(("flipped bit", "found"), told);
        ends.ShouldContainKey(("cut", "refused"), told);
        ends.ShouldContainKey(("zeroed page", "found"), told);
    }

    /// <summary>SQLite reads its log up to the damage: what was committed behind is undone, and nothing by halves.</summary>
    [Fact]
    public async Task Damage_to_the_log_leaves_the_metadata_as_they_were_between_two_transactions()
    {
        Assert.SkipWhen(TestMetadata.UsesPostgres, SqliteOnly);
        using var whole = await WholeFile.CreateAsync();
        var path = whole.Live;
        await File.WriteAllBytesAsync(path, whole.Bytes, Stop);
        var states = new List<string> { whole.Content };
        byte[] log;
        await using (var db = MetadataDb.Sqlite(path))
        {
            for (var step = 1; step <= 10; step++)
            {
                await db.WriteAsync(
                    transaction =>
                        transaction.ExecuteAsync(
                            """
                            UPDATE event_index SET issue_id = @step WHERE item = 0;
                            UPDATE projects SET name = @name;
                            """,
                            new { step, name = $"Shop {step}" }
                        ),
                    Stop
                );
                states.Add(await ContentAsync(db));
            }
            log = await File.ReadAllBytesAsync(path + "-wal", Stop);
        }
        var ends = await EndsAsync(
            log,
            async damaged =>
            {
                await File.WriteAllBytesAsync(whole.Copy + "-wal", damaged, Stop);
                return await EndOfAsync(whole, whole.Bytes, content => StateOf(states.IndexOf(content), states.Count - 1));
            }
        );

        var told = string.Join(", ", ends);
        ends.Keys.ShouldNotContain(one => one.End == "another value", told);
        foreach (var kind in (string[])["flipped bit", "cut", "zeroed page"])
        {
            ends.ShouldContainKey((kind, "earlier"), told);
        }
    }

    /// <summary>How often each kind of damage to the bytes ends how.</summary>
    static async Task<Dictionary<(string Kind, string End), int>> EndsAsync(byte[] bytes, Func<byte[], Task<string>> endOf)
    {
        var ends = new Dictionary<(string Kind, string End), int>();
        var chance = new Random(1);
        for (var number = 0; number < Damages; number++)
        {
            var kind = (number % 3) switch
            {
                0 => "flipped bit",
                1 => "cut",
                _ => "zeroed page",
            };
            var end = await endOf(Damaged(bytes, kind, chance));
            ends[(kind, end)] = ends.GetValueOrDefault((kind, end)) + 1;
        }
        return ends;
    }

    static string StateOf(int state, int last) =>
        state < 0 ? "another value"
        : state < last ? "earlier"
        : "harmless";

    [Fact]
    public async Task A_look_over_a_damaged_file_is_told_on_the_pipeline_page_while_events_go_on()
    {
        Assert.SkipWhen(TestMetadata.UsesPostgres, SqliteOnly);
        var data = "";
        await using var host = await TocsinHost.StartAsync(options =>
        {
            data = options.Data;
            return options;
        });
        await DamageAsync(host.Get<MetadataDb>(), Path.Combine(data, "metadata.db"));

        using var operators = host.With();
        string? damage = null;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (damage is null)
        {
            patience.Token.ThrowIfCancellationRequested();
            host.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(50, patience.Token);
            var state = await operators.GetFromJsonAsync<JsonElement>("/api/0/internal/pipeline/", Stop);
            damage = state.GetProperty("metadataDamage").GetString();
        }
        damage.ShouldNotContain("\n");

        using var client = host.Anonymous();
        const string Envelope = "{}\n{\"type\":\"event\"}\n{\"message\":\"still there\"}\n";
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"/api/{new Uri(host.Ready.Dsn!).AbsolutePath.Trim('/')}/envelope/"
        )
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Envelope)),
        };
        request.Headers.Add("X-Sentry-Auth", $"Sentry sentry_version=7, sentry_key={TocsinHost.Key}");
        (await client.SendAsync(request, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    static Task<string> EndOfAsync(WholeFile whole, byte[] bytes) =>
        EndOfAsync(whole, bytes, content => content == whole.Content ? "harmless" : "another value");

    static async Task<string> EndOfAsync(WholeFile whole, byte[] bytes, Func<string, string> tell)
    {
        await File.WriteAllBytesAsync(whole.Copy, bytes, Stop);
        var db = MetadataDb.Sqlite(whole.Copy);
        try
        {
            // As the start does.
            await MetadataSchema.MigrateAsync(db, TimeProvider.System, Stop);
            using var projects = new ProjectDirectory(db);
            await projects.RefreshAsync(Stop);
            if (await MetadataDamage.FindAsync(db, Stop) is { } damage)
            {
                damage.ShouldNotContain("\n");
                return "found";
            }
            return tell(await ContentAsync(db));
        }
        catch (DbException)
        {
            return "refused";
        }
        finally
        {
            await db.DisposeAsync();
            whole.TakeNextCopy();
        }
    }

    static byte[] Damaged(byte[] whole, string kind, Random chance)
    {
        var bytes = (byte[])whole.Clone();
        var at = chance.Next(bytes.Length);
        switch (kind)
        {
            case "flipped bit":
                bytes[at] ^= (byte)(1 << chance.Next(8));
                return bytes;
            case "cut":
                // SQLite takes what is missing of the last page for zeros, which may be another value.
                return bytes[..Math.Min(at, bytes.Length - WholeFile.Page)];
            default:
                var page = at / WholeFile.Page * WholeFile.Page;
                bytes.AsSpan(page, WholeFile.Page).Clear();
                return bytes;
        }
    }

    /// <summary>Everything that stands in any table.</summary>
    internal static async Task<string> ContentAsync(MetadataDb db)
    {
        await using var connection = await db.OpenAsync(Stop);
        var text = new StringBuilder();
        foreach (
            var table in await connection.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        )
        {
            text.AppendLine(table);
            await using var rows = await connection.ExecuteReaderAsync($"SELECT * FROM \"{table}\"");
            while (await rows.ReadAsync(Stop))
            {
                for (var i = 0; i < rows.FieldCount; i++)
                {
                    text.Append(rows.GetValue(i) is byte[] blob ? Convert.ToHexString(blob) : rows.GetValue(i)).Append('|');
                }
                text.AppendLine();
            }
        }
        return text.ToString();
    }

    /// <summary>A page of a table that the running server has in its file, not in its log.</summary>
    static async Task DamageAsync(MetadataDb db, string path)
    {
        await using (var connection = await db.OpenAsync(Stop))
        {
            await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        file.Position = file.Length - WholeFile.Page;
        await file.WriteAsync(new byte[WholeFile.Page], Stop);
    }

    /// <summary>A database with two projects and some hundred rows, as it lies on the disk when the server has ended.</summary>
    sealed class WholeFile : IDisposable
    {
        public const int Page = 4096;

        readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("tocsin-metadata-");

        int copy;

        /// <summary>A connection that closes late writes what its log holds into its own file.</summary>
        public string Copy => Path.Combine(directory.FullName, $"copy-{copy}.db");
        public string Live => Path.Combine(directory.FullName, "live.db");
        public byte[] Bytes { get; private set; } = [];
        public string Content { get; private set; } = "";

        public static async Task<WholeFile> CreateAsync()
        {
            var whole = new WholeFile();
            var path = Path.Combine(whole.directory.FullName, "metadata.db");
            await using (var db = MetadataDb.Sqlite(path))
            {
                await MetadataSchema.MigrateAsync(db, TimeProvider.System, Stop);
                await FillAsync(db);
                whole.Content = await ContentAsync(db);
            }
            whole.Bytes = await File.ReadAllBytesAsync(path, Stop);
            return whole;
        }

        static async Task FillAsync(MetadataDb db)
        {
            var organization = await db.WriteAsync(
                transaction =>
                    transaction.ScalarAsync<long>(
                        "INSERT INTO organizations (slug, name, created) VALUES ('acme', 'Acme', 0) RETURNING id"
                    ),
                Stop
            );
            using var projects = new ProjectDirectory(db);
            var commands = new ProjectCommands(db, projects, TimeProvider.System);
            await commands.CreateAsync(new(organization, "Shop") { Id = 42 }, Stop);
            await commands.CreateAsync(new(organization, "Desk") { Id = 43 }, Stop);
            await db.WriteAsync(
                transaction =>
                    transaction.ExecuteAsync(
                        """
                        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
                        INSERT INTO event_index
                            (project_id, event_high, event_low, position, item, issue_id, timestamp, day, segment, "offset", length)
                        SELECT 42, i * 7919 % 1501, i, i * 900, 0, i % 20, i * 1000000, 20261121, 1, i * 900, 900 FROM n
                        """
                    ),
                Stop
            );
        }

        public void TakeNextCopy()
        {
            foreach (var file in directory.EnumerateFiles($"copy-{copy}.db*"))
            {
                file.Delete();
            }
            copy++;
        }

        public void Dispose() => directory.Delete(recursive: true);
    }
}
