using Tocsin.Telemetry.DuckDb;

namespace Telemetry.Tests.DuckDb;

/// <summary>
/// What a power loss leaves of a day whose file gives way to another one: what was done in the directory is certain when that is synced, and not before.
/// </summary>
public sealed class DayFileTests : IDisposable
{
    readonly TemporaryDirectory directory = new();
    readonly List<Durable> synced = [];
    readonly DayFile day;
    int failing;

    public DayFileTests() => day = new(directory.Path, Some.Day, Sync);

    IEnumerable<Durable> Synced => synced;

    Durable Now => new(File.Exists(day.DamagePath), day.HasLog, Content);

    string? Content => File.Exists(day.FilePath) ? File.ReadAllText(day.FilePath) : null;

    [Fact]
    public void A_day_is_marked_before_its_file_is_replaced_and_until_the_new_one_is_durable()
    {
        GivenFile("old", withLog: true);
        File.WriteAllText(day.RebuildPath, "new");

        day.TakeRebuild();

        Synced.ShouldBe([new Durable(true, true, "old"), new Durable(true, false, "new")]);
        Now.ShouldBe(new Durable(false, false, "new"));
    }

    [Theory]
    [InlineData(1, "old")]
    [InlineData(2, "new")]
    public void A_day_stays_marked_when_a_step_of_its_replacement_could_not_be_made_durable(int step, string left)
    {
        GivenFile("old", withLog: true);
        File.WriteAllText(day.RebuildPath, "new");
        failing = step;

        Should.Throw<IOException>(() => day.TakeRebuild());

        Now.ShouldBe(new Durable(true, left == "old", left));
    }

    [Fact]
    public void A_day_that_was_written_anew_is_in_its_place_when_that_is_made_durable()
    {
        GivenFile("old", withLog: false);
        File.WriteAllText(day.CompactPath, "new");

        day.TakeCompact();

        Synced.ShouldBe([new Durable(false, false, "new")]);
    }

    [Fact]
    public void A_file_is_set_aside_when_the_mark_that_says_so_is_durable()
    {
        GivenFile("old", withLog: true);
        failing = 1;
        Should.Throw<IOException>(() => day.SetAside("noise"));
        Now.ShouldBe(new Durable(true, true, "old"));

        day.SetAside("noise");

        Synced.ShouldBe([new Durable(true, true, "old"), new Durable(true, true, "old")]);
        Now.ShouldBe(new Durable(true, false, null));
    }

    public void Dispose() => directory.Dispose();

    void GivenFile(string content, bool withLog)
    {
        File.WriteAllText(day.FilePath, content);
        if (withLog)
        {
            File.WriteAllText(day.FilePath + ".wal", "log");
        }
    }

    void Sync(string path)
    {
        path.ShouldBe(directory.Path);
        synced.Add(Now);
        if (synced.Count == failing)
        {
            throw new IOException("planted");
        }
    }

    sealed record Durable(bool IsMarked, bool HasLog, string? Content);
}
