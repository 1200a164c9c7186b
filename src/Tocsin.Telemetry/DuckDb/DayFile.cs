using System.Collections.Concurrent;
using System.Globalization;
using Tocsin.Telemetry.Query;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>One arrival day: its file, its write-ahead log, and what is known of its rows.</summary>
/// <param name="directory">Of all days.</param>
/// <param name="day">Of arrival, UTC.</param>
/// <param name="sync">Makes what was done in the directory durable; null: as <see cref="DirectorySync"/> does.</param>
sealed class DayFile(string directory, DateOnly day, Action<string>? sync = null)
{
    const string Prefix = "events-";
    const string Extension = ".duckdb";

    readonly Action<string> sync = sync ?? DirectorySync.Sync;

    readonly string stem = Path.Combine(directory, Prefix + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public DateOnly Day => day;

    /// <summary>The name under which DuckDB knows the file.</summary>
    public string Catalog { get; } = "d" + day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public string FilePath => stem + Extension;

    /// <summary>The write-ahead log; the other two exist while it is worked into the file, or when the process died meanwhile.</summary>
    static readonly string[] LogExtensions = [".wal", ".wal.checkpoint", ".wal.recovery"];

    IEnumerable<string> Logs => LogExtensions.Select(extension => FilePath + extension).Where(File.Exists);

    public string RebuildPath => stem + ".rebuild" + Extension;

    /// <summary>Where the day is written anew when it is closed.</summary>
    public string CompactPath => stem + ".compact" + Extension;

    /// <summary>See <see cref="ClosedNote"/>.</summary>
    public string NotePath => stem + ".closed";

    /// <summary>Exists from the moment a file is set aside until the day is rebuilt, and says why.</summary>
    public string DamagePath => stem + ".damage";

    /// <summary>Exists while DuckDB opens the file, one byte per attempt. Found at start: the process died meanwhile.</summary>
    string OpeningPath => stem + ".opening";

    public long DiedOpening => Length(OpeningPath);

    public void MarkOpening()
    {
        try
        {
            File.AppendAllText(OpeningPath, ".");
        }
        catch (IOException)
        {
            // A full disk has no room for it; the file is opened all the same.
        }
    }

    public void ClearOpening() => File.Delete(OpeningPath);

    /// <summary>Null, or why rows are missing here.</summary>
    public string? Damage { get; set; }

    /// <summary>Null: there is no mark. One that cannot be read is one all the same.</summary>
    public string? ReadDamage()
    {
        try
        {
            return File.Exists(DamagePath) ? File.ReadAllText(DamagePath) : null;
        }
        catch (IOException failure)
        {
            return $"what is wrong cannot be read: {failure.Message}";
        }
    }

    /// <summary>Why the machine refuses the file for now, as a full disk does: its rows are there and cannot be read.</summary>
    public string? Refusal { get; set; }

    public bool IsRefused => Refusal is not null;

    /// <summary>DuckDB has the file open. A closed day is described by its note until somebody asks for its rows.</summary>
    public bool IsAttached { get; set; }

    /// <summary>No batch can be added before it is opened for that.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>Sorted, and nothing came afterwards.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Has an index of its traces: a closed day of all, an open one up to the position up to which its runs are summed up.</summary>
    public bool HasTraces => IsClosed || HasRunSums;

    /// <summary>Closed, with its spans summed up.</summary>
    public bool HasSums { get; set; }

    /// <summary>Some of its runs are summed up by the hour; of a closed day all, and by the day too.</summary>
    public bool HasRunSums { get; set; }

    /// <summary>Some of its spans are summed up by group and hour; of a closed day all, and by the day too.</summary>
    public bool HasGroupSums { get; set; }

    public bool Has(Sums sums) => sums == Sums.Runs ? HasRunSums : HasGroupSums;

    /// <summary>Of an open day.</summary>
    readonly ConcurrentDictionary<Sums, SummedPositions> summed = [];

    /// <summary>How far sums of the kind go in a day that is still written to. Null: that has to be asked for, as while more is summed up.</summary>
    public SummedPositions? SummedUpTo(Sums sums) => summed.TryGetValue(sums, out var known) ? known : null;

    /// <summary>Before more is summed up, so that nobody who sees it knows less, until <see cref="SumUpTo"/> tells how far it came.</summary>
    public void BeginToSum(Sums sums) => summed.TryRemove(sums, out _);

    public void SumUpTo(Sums sums, SummedPositions positions) => summed[sums] = positions;

    /// <summary>Its spans have so many groups that sums of them are not worth their room. Forgotten when the file is opened again.</summary>
    public bool HasTooManyGroups { get; set; }

    /// <summary>Runs that are in no sum yet.</summary>
    public long UnsummedRuns => Interlocked.Read(ref unsummedRuns);

    public void AddUnsummedRuns(long runs) => Interlocked.Add(ref unsummedRuns, runs);

    long unsummedRuns;

    /// <summary>What holds of a closed day alone.</summary>
    public void Reopen() => (IsReadOnly, IsClosed, HasSums) = (false, false, false);

    public bool HasLog => Logs.Any();

    /// <summary>The highest position of a batch in this file.</summary>
    public long Applied { get; set; }

    public TimeSpanOfRows Events { get; } = new();

    public TimeSpanOfRows Spans { get; } = new();

    /// <summary>Whether any span stands for several; then aggregates must count what it stands for.</summary>
    public bool IsWeighted { get; set; }

    public TimeSpanOfRows Outcomes { get; } = new();

    public long Bytes => Length(FilePath) + LogBytes;

    public long LogBytes => Logs.Sum(Length);

    public TelemetryDay Description => new(day, Bytes, Damage) { IsClosed = IsClosed, Kinds = Kinds };

    /// <summary>Of which it has rows.</summary>
    public RowKinds Kinds => Kept(Events, RowKinds.Events) | Kept(Spans, RowKinds.Spans) | Kept(Outcomes, RowKinds.Outcomes);

    static RowKinds Kept(TimeSpanOfRows rows, RowKinds kind) => rows.IsEmpty ? RowKinds.None : kind;

    /// <summary>Whether a row of this day may lie in the range. Of a damaged day only the day itself is known, not its stragglers.</summary>
    public bool MayHold(Dataset dataset, TimeRange range) => MayMiss(range) || TimesOf(dataset).Overlaps(range);

    TimeSpanOfRows TimesOf(Dataset dataset) =>
        dataset switch
        {
            Dataset.Spans => Spans,
            Dataset.Outcomes => Outcomes,
            _ => Events,
        };

    /// <summary>Whether rows that are missing may lie in the range.</summary>
    public bool MayMiss(TimeRange range) => (Damage is not null || IsRefused) && Surroundings.Overlaps(range);

    TimeSpanOfRows Surroundings
    {
        get
        {
            var midnight = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
            var span = new TimeSpanOfRows();
            span.Include(Microseconds(midnight.AddDays(-1)), Microseconds(midnight.AddDays(2)));
            return span;
        }
    }

    static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    static long Length(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }

    /// <summary>Every day of which a file or a damage mark lies in the directory, oldest first.</summary>
    public static IEnumerable<DayFile> In(string directory) =>
        Directory
            .EnumerateFiles(directory, Prefix + "*")
            .Select(path => Path.GetFileName(path)[Prefix.Length..])
            .Where(name =>
                name.Length > 10
                && name[10..]
                    is Extension
                        or Extension + ".wal"
                        or Extension + ".wal.checkpoint"
                        or Extension + ".wal.recovery"
                        or ".damage"
            )
            .Select(name =>
                DateOnly.TryParseExact(name[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                    ? day
                    : default
            )
            .Where(day => day != default)
            .Distinct()
            .Order()
            .Select(day => new DayFile(directory, day));

    /// <summary>
    /// The file and its log are kept under another name for whoever wants to look. The mark comes first: without it nobody would make the day again,
    /// as an empty file takes the place of this one.
    /// </summary>
    public void SetAside(string reason)
    {
        File.WriteAllText(DamagePath, reason);
        sync(directory);
        var number = 1;
        while (Directory.EnumerateFiles(directory, $"{Path.GetFileName(FilePath)}*.damaged-{number}").Any())
        {
            number++;
        }
        foreach (var path in Logs.Prepend(FilePath).Where(File.Exists).ToList())
        {
            File.Move(path, $"{path}.damaged-{number}");
        }
        ClearOpening();
        Damage = reason;
        Forget();
    }

    /// <summary>Nothing of the day remains, damaged files included.</summary>
    public void Delete()
    {
        foreach (var path in Directory.EnumerateFiles(directory, Path.GetFileName(stem) + ".*"))
        {
            File.Delete(path);
        }
    }

    /// <summary>
    /// Before the batch is committed, so that no question sees rows outside of the day's times. If it is not committed after all they are too
    /// wide until the next start, which costs a look.
    /// </summary>
    public void Expect(TelemetryBatch batch)
    {
        Events.Include(batch.Events.Select(row => row.Timestamp));
        Spans.Include(batch.Spans.Select(row => row.Timestamp));
        Outcomes.Include(batch.Outcomes.Select(row => row.Timestamp));
        IsWeighted |= batch.Spans.Any(row => row.Weight != 1);
    }

    /// <summary>After the batch is committed.</summary>
    public void Include(TelemetryBatch batch)
    {
        AddUnsummedRuns(batch.Spans.Count(row => row.IsSegment));
        Applied = Math.Max(Applied, batch.Position);
    }

    /// <summary>What can be known of the files before DuckDB opens them; null when nothing is wrong.</summary>
    public string? Examine() =>
        File.Exists(FilePath) ? FileCheck.Examine(FilePath)
        : Logs.Any() ? "the file is gone, only its log is left"
        : null;

    /// <summary>Puts the file that was built beside in the place of this one, which is closed. Interrupted, it leaves a damaged day, not a wrong one.</summary>
    public void TakeRebuild()
    {
        File.WriteAllText(DamagePath, "its replacement was interrupted");
        sync(directory);
        DeleteLogs();
        File.Move(RebuildPath, FilePath, overwrite: true);
        // From then on nobody would make the day again whose new file a power loss took back.
        sync(directory);
        File.Delete(DamagePath);
    }

    void DeleteLogs()
    {
        foreach (var path in Logs.ToList())
        {
            File.Delete(path);
        }
    }

    /// <summary>
    /// Puts the file that was written beside in the place of this one, which is detached and whose log is worked in. A rename: after a crash the
    /// one file is there or the other, and both are whole. Afterwards it is the new one: what was left out of it does not come back.
    /// </summary>
    public void TakeCompact()
    {
        File.Move(CompactPath, FilePath, overwrite: true);
        sync(directory);
    }

    public void DeleteRebuild() => DeleteBeside(RebuildPath);

    public void DeleteCompact() => DeleteBeside(CompactPath);

    void DeleteBeside(string file)
    {
        foreach (var path in Directory.EnumerateFiles(directory, Path.GetFileName(file) + "*"))
        {
            File.Delete(path);
        }
    }

    public void Forget()
    {
        Applied = 0;
        Reopen();
        Events.Clear();
        IsWeighted = false;
        (HasRunSums, HasGroupSums, HasTooManyGroups) = (false, false, false);
        summed.Clear();
        Interlocked.Exchange(ref unsummedRuns, 0);
        Spans.Clear();
        Outcomes.Clear();
    }
}
