using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Server.Tests.House;

public sealed partial class HouseTests
{
    static readonly string Server = Path.Combine(Checkout.Root, "src", "Tocsin.Server");

    [Fact]
    public void Every_room_uses_only_the_rooms_that_the_table_allows()
    {
        var wrong = Arrows
            .In(Server)
            .Where(arrow => !Rooms.Allows(arrow.From, arrow.To))
            .Select(arrow => $"{arrow.File}: {arrow.From} -> {arrow.To}");

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_folder_of_the_server_is_a_room_of_the_table()
    {
        var folders = Directory.EnumerateDirectories(Server).Select(Path.GetFileName).Except(["obj", "bin", "Properties"]);

        folders.ShouldBeSubsetOf(Rooms.MayUse.Keys);
    }

    [Fact]
    public void A_wrong_arrow_is_seen()
    {
        using var planted = new PlantedDirectory();
        planted.Write("Scrubbing/Wrong.cs", "using Tocsin.Server.Gateway;\n");

        var arrow = Arrows.In(planted.Path).ShouldHaveSingleItem();

        Rooms.Allows(arrow.From, arrow.To).ShouldBeFalse();
    }

    [Fact]
    public void Every_file_that_the_documents_name_exists()
    {
        string[] documents = [.. Directory.GetFiles(Checkout.Root, "*.md"), .. DocumentsIn("docs")];
        var named = documents
            .SelectMany(document =>
                NamedPath.Matches(File.ReadAllText(document)).Select(match => (document, match.Groups[1].Value))
            )
            .ToList();

        named.Count(path => path.document.EndsWith("map.md", StringComparison.Ordinal)).ShouldBeGreaterThan(50);
        named.Where(path => !Path.Exists(Path.Combine(Checkout.Root, path.Value))).ShouldBeEmpty();
    }

    static string[] DocumentsIn(string folder) =>
        Directory.GetFiles(Path.Combine(Checkout.Root, folder), "*.md", SearchOption.AllDirectories);

    [Theory]
    [InlineData("src/PathHelper.cs", "class PathHelper;")]
    [InlineData("src/Region.cs", "#region Things\n#endregion")]
    [InlineData("src/Unfinished.cs", "// TO" + "DO: later")]
    [InlineData("src/CatchAll.cs", "try { } catch (Exception exception)\n{\n}")]
    [InlineData("src/Marked.cs", "class Marked\n{\n    readonly int _count = 1;\n}")]
    [InlineData("web/src/Raw.tsx", "<p dangerously" + "SetInnerHTML={x} />")]
    public async Task A_guard_fails_where_its_rule_is_broken(string file, string content)
    {
        using var planted = new PlantedDirectory();
        (await GuardAsync(planted.Path)).ShouldBe(0);

        planted.Write(file, content + "\n");

        (await GuardAsync(planted.Path)).ShouldBe(1);
    }

    static async Task<int> GuardAsync(string directory)
    {
        using var guards = Process.Start(
            new ProcessStartInfo(Path.Combine(Checkout.Root, "build", "guards.sh"), [directory]) { RedirectStandardError = true }
        )!;
        await guards.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await guards.WaitForExitAsync(TestContext.Current.CancellationToken);
        return guards.ExitCode;
    }

    [GeneratedRegex("`((?:src|web|tests|native|deploy|docs|build)/[A-Za-z0-9_./-]+)`")]
    static partial Regex NamedPath { get; }

    sealed class PlantedDirectory : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("tocsin-house-").FullName;

        public PlantedDirectory()
        {
            foreach (var folder in (string[])["src", "tests", "web/src"])
            {
                Directory.CreateDirectory(System.IO.Path.Combine(Path, folder));
            }
        }

        public void Write(string file, string content)
        {
            var full = System.IO.Path.Combine(Path, file);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
            File.WriteAllText(full, content);
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
