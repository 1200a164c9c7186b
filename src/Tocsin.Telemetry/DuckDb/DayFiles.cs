using Tocsin.Telemetry.DuckDb.Native;
using Tocsin.Telemetry.Query;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// The days of a directory and the instance that has them open. A file that cannot be read is set aside, never in the way: an empty one
/// takes its place. Changes are made by one thread at a time, while no query runs; see <see cref="DuckDbStore"/>.
/// </summary>
sealed class DayFiles : IDisposable
{
    readonly DuckDbOptions options;
    readonly SortedDictionary<DateOnly, DayFile> days = [];
    readonly Lock guard = new();

    DayFiles(DuckDbOptions options, DuckDbEngine engine)
    {
        this.options = options;
        Engine = engine;
    }

    public DuckDbEngine Engine { get; private set; }

    public static DayFiles Open(DuckDbOptions options)
    {
        Directory.CreateDirectory(options.Directory);
        var files = new DayFiles(options, DuckDbEngine.Open(options));
        foreach (var day in DayFile.In(options.Directory))
        {
            day.DeleteRebuild();
            files.days[day.Day] = day;
        }
        files.OpenAll();
        return files;
    }

    public IReadOnlyList<DayFile> All
    {
        get
        {
            lock (guard)
            {
                return [.. days.Values];
            }
        }
    }

    public long Applied => All.Select(day => day.Applied).DefaultIfEmpty().Max();

    public DayFile? Find(DateOnly day)
    {
        lock (guard)
        {
            return days.GetValueOrDefault(day);
        }
    }

    public DayFile Create(DateOnly date)
    {
        var day = new DayFile(options.Directory, date);
        lock (guard)
        {
            days[date] = day;
        }
        if (!TryOpen(day))
        {
            Reopen();
        }
        return day;
    }

    public IReadOnlyList<DayFile> For(Dataset dataset, TimeRange range) => [.. All.Where(day => day.MayHold(dataset, range))];

    /// <summary>Closes the instance and opens a new one: DuckDB refuses everything after some failures.</summary>
    public void Reopen()
    {
        Engine.Dispose();
        Engine = DuckDbEngine.Open(options);
        OpenAll();
    }

    /// <summary>Sets the day's file aside, with the instance that has it open gone: closing one damaged file tells nothing certain.</summary>
    public void SetAside(DayFile day, string reason)
    {
        Engine.Dispose();
        day.SetAside(reason);
        Reopen();
    }

    /// <summary>Reads every value of the day; null when that succeeds.</summary>
    public string? WhyUnreadable(DayFile day)
    {
        try
        {
            Engine.ReadAll(day.Catalog);
            return null;
        }
        catch (DuckDbException failure)
        {
            return failure.SparesFile ? null : failure.Message;
        }
    }

    /// <summary>Puts the file that was built beside in the day's place.</summary>
    public void Replace(DayFile day)
    {
        Engine.Detach(day.Catalog);
        File.WriteAllText(day.DamagePath, "its replacement was interrupted");
        File.Delete(day.LogPath);
        File.Move(day.RebuildPath, day.FilePath, overwrite: true);
        File.Delete(day.DamagePath);
        if (!TryOpen(day))
        {
            Reopen();
        }
    }

    public void Drop(DayFile day)
    {
        Engine.Detach(day.Catalog);
        day.Delete();
        lock (guard)
        {
            days.Remove(day.Day);
        }
    }

    /// <summary>Begins again on a new instance when a file takes the instance down; that file has been set aside by then.</summary>
    void OpenAll()
    {
        while (!All.All(TryOpen))
        {
            Engine.Dispose();
            Engine = DuckDbEngine.Open(options);
        }
    }

    /// <summary>False: the instance is of no more use.</summary>
    bool TryOpen(DayFile day)
    {
        day.Damage = File.Exists(day.DamagePath) ? File.ReadAllText(day.DamagePath) : null;
        if (WhyNotToOpen(day) is { } damage)
        {
            day.SetAside(damage);
        }
        try
        {
            Open(day);
            return true;
        }
        catch (DuckDbException failure) when (!failure.SparesFile)
        {
            day.SetAside(failure.Message);
            return false;
        }
    }

    static string? WhyNotToOpen(DayFile day) =>
        File.Exists(day.OpeningPath)
            ? "the process died while this file was opened"
            : FileCheck.Examine(day.FilePath, day.LogPath);

    /// <summary>The mark tells the next start which file it was, should DuckDB end the process over it.</summary>
    void Open(DayFile day)
    {
        File.WriteAllText(day.OpeningPath, "");
        try
        {
            Engine.Attach(day.FilePath, day.Catalog);
            Read(day);
        }
        finally
        {
            File.Delete(day.OpeningPath);
        }
    }

    void Read(DayFile day)
    {
        day.Forget();
        day.Applied = Engine.Row($"SELECT max(position) FROM {day.Catalog}.{Tables.Applied}")[0] as long? ?? 0;
        Include(day.Events, Engine.Row($"SELECT min(timestamp), max(timestamp) FROM {day.Catalog}.{Tables.Events.Name}"));
        Include(day.Outcomes, Engine.Row($"SELECT min(timestamp), max(timestamp) FROM {day.Catalog}.{Tables.Outcomes.Name}"));
    }

    static void Include(TimeSpanOfRows span, object?[] firstAndLast)
    {
        foreach (var time in firstAndLast.OfType<long>())
        {
            span.Include(time);
        }
    }

    public void Dispose() => Engine.Dispose();
}
