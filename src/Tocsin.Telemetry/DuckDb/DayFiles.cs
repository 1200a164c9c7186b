using Tocsin.Telemetry.DuckDb.Native;
using Tocsin.Telemetry.Query;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// The days of a directory and the instance that has them open. A file that cannot be read is set aside, never in the way: an empty one
/// takes its place. Changes are made by one thread at a time, while no query runs; see <see cref="DuckDbStore"/>.
/// </summary>
sealed class DayFiles : IDisposable
{
    /// <summary>One death may be anyone's; a file over which the process dies again and again must not keep it from starting.</summary>
    const int MaxDeaths = 3;

    readonly DuckDbOptions options;
    readonly SortedDictionary<DateOnly, DayFile> days = [];
    readonly Lock guard = new();

    DayFiles(DuckDbOptions options, DuckDbEngine engine)
    {
        this.options = options;
        Engine = engine;
    }

    public DuckDbEngine Engine { get; private set; }

    /// <summary>False while the machine refuses a file, as a full disk does; opening all again may help.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>False when an instance was closed and the machine refused what had to be done before the next one is opened.</summary>
    public bool IsRunning { get; private set; }

    public static DayFiles Open(DuckDbOptions options)
    {
        Directory.CreateDirectory(options.Directory);
        var files = new DayFiles(options, DuckDbEngine.Open(options));
        foreach (var day in DayFile.In(options.Directory))
        {
            day.DeleteRebuild();
            day.DeleteCompact();
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
        OpenAgain(day);
        IsOpen &= !day.IsRefused;
        return day;
    }

    public IReadOnlyList<DayFile> For(Dataset dataset, TimeRange range) => [.. All.Where(day => day.MayHold(dataset, range))];

    public static bool AreAttached(IEnumerable<DayFile> days) => days.All(day => day.IsAttached || day.IsRefused);

    /// <summary>Opens those whose notes have stood for them until now. One that proves damaged is set aside, and the others wait for the next try.</summary>
    public void AttachAll(IEnumerable<DayFile> days)
    {
        if (!IsRunning)
        {
            Reopen();
        }
        foreach (var day in days.Where(day => !day.IsAttached && !day.IsRefused))
        {
            if (!TryOpen(day, attach: true))
            {
                Reopen();
                return;
            }
        }
    }

    /// <summary>Closes the instance and opens a new one: DuckDB refuses everything after some failures.</summary>
    public void Reopen()
    {
        Close();
        Engine = DuckDbEngine.Open(options);
        OpenAll();
    }

    /// <summary>Until all is opened again, which may fail on the way, no file counts as open.</summary>
    void Close()
    {
        (IsOpen, IsRunning) = (false, false);
        foreach (var day in All)
        {
            day.IsAttached = false;
        }
        Engine.Dispose();
    }

    /// <summary>Sets the day's file aside, with the instance that has it open gone: closing one damaged file tells nothing certain.</summary>
    public void SetAside(DayFile day, string reason)
    {
        Close();
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
        Detach(day);
        try
        {
            day.TakeRebuild();
        }
        finally
        {
            OpenAgain(day);
        }
    }

    public void Drop(DayFile day)
    {
        Detach(day);
        day.Delete();
        lock (guard)
        {
            days.Remove(day.Day);
        }
    }

    void OpenAgain(DayFile day)
    {
        if (!IsRunning || !TryOpen(day))
        {
            Reopen();
        }
    }

    void OpenAll()
    {
        while (!All.All(day => TryOpen(day)))
        {
            Engine = DuckDbEngine.Open(options);
        }
        (IsOpen, IsRunning) = (All.All(day => !day.IsRefused), true);
    }

    /// <summary>
    /// False: the file could not be read and is set aside, and the instance is closed. The file is renamed only then, because an instance that
    /// has it open may still write to it.
    /// </summary>
    bool TryOpen(DayFile day, bool attach = false)
    {
        day.IsAttached = false;
        day.Damage = day.ReadDamage();
        if (WhyNotToOpen(day) is { } damage && !TrySetAside(day, damage))
        {
            return true;
        }
        if (!attach && File.Exists(day.FilePath) && ClosedNote.TryTell(day))
        {
            day.Refusal = null;
            return true;
        }
        try
        {
            day.MarkOpening();
            Attach(day);
            (day.Refusal, day.IsAttached) = (null, true);
            return true;
        }
        catch (DuckDbException failure) when (failure is { SparesFile: true, IsLock: false })
        {
            day.Refusal = failure.Message;
            return true;
        }
        catch (DuckDbException failure) when (!failure.SparesFile)
        {
            Close();
            day.SetAside(failure.Message);
            return false;
        }
        finally
        {
            day.ClearOpening();
        }
    }

    /// <summary>False: the machine does not let it, as a full disk does not. The day counts as refused, and keeps no other from being opened.</summary>
    bool TrySetAside(DayFile day, string damage)
    {
        try
        {
            day.SetAside(damage);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            day.Refusal = $"{damage}, and it cannot be set aside: {failure.Message}";
            IsOpen = false;
            return false;
        }
    }

    /// <summary>A closed day is only read, so that nothing of ours can harm it.</summary>
    void Attach(DayFile day)
    {
        if (!day.HasLog && File.Exists(day.FilePath))
        {
            Engine.AttachReadOnly(day.FilePath, day.Catalog);
            if (Engine.FactsOf(day.Catalog, day.Day) is { } facts && ClosedFacts.TryTell(day, facts))
            {
                (day.IsReadOnly, day.IsClosed) = (true, true);
                day.HasSums = Engine.HasTable(day.Catalog, SpanSums.Table);
                ReadSums(day);
                ClosedNote.Write(day);
                return;
            }
            Engine.Detach(day.Catalog);
        }
        Engine.Attach(day.FilePath, day.Catalog, day.Day);
        Read(day);
    }

    /// <summary>The file takes no batch until it is opened for writing.</summary>
    public void OpenForReading(DayFile day)
    {
        if (day.IsReadOnly)
        {
            return;
        }
        Detach(day);
        if (day.HasLog)
        {
            Reopen();
            throw new TelemetryStoreException($"The log of {day.FilePath} could not be worked into it.");
        }
        Engine.AttachReadOnly(day.FilePath, day.Catalog);
        (day.IsReadOnly, day.IsAttached) = (true, true);
    }

    public void OpenForWriting(DayFile day)
    {
        if (!IsRunning)
        {
            Reopen();
        }
        if (!day.IsReadOnly)
        {
            return;
        }
        Detach(day);
        Engine.Attach(day.FilePath, day.Catalog, day.Day);
        day.Reopen();
        ReadSums(day);
        day.IsAttached = true;
    }

    /// <summary>Puts the file that was written beside in the day's place.</summary>
    public void TakeCompact(DayFile day)
    {
        Detach(day);
        try
        {
            day.TakeCompact();
        }
        finally
        {
            OpenAgain(day);
        }
    }

    static string? WhyNotToOpen(DayFile day) =>
        day.DiedOpening >= MaxDeaths ? $"the process died {day.DiedOpening} times while this file was opened" : day.Examine();

    void Read(DayFile day)
    {
        day.Forget();
        day.Applied = Engine.Row($"SELECT max(position) FROM {day.Catalog}.{Tables.Applied}")[0] as long? ?? 0;
        day.Events.Include(Times(day, Tables.Events.Name));
        foreach (var spans in new[] { Tables.Segments.Name, Tables.Spans.Name })
        {
            day.Spans.Include(Times(day, spans));
            day.IsWeighted |= Engine.Row($"SELECT min(weight) < 1 OR max(weight) > 1 FROM {day.Catalog}.{spans}")[0] is true;
        }
        var summed = ReadSums(day);
        day.AddUnsummedRuns(
            (long)Engine.Row($"SELECT count(*) FROM {day.Catalog}.{Tables.Segments.Name} WHERE position > {summed}")[0]!
        );
        day.Outcomes.Include(Times(day, Tables.Outcomes.Name));
    }

    /// <returns>The position up to which runs are summed up.</returns>
    long ReadSums(DayFile day)
    {
        var (runs, groups) = (SummedUpTo(day, Sums.Runs), SummedUpTo(day, Sums.Groups));
        (day.HasRunSums, day.HasGroupSums) = (runs.Hours > 0, groups.Hours > 0);
        return runs.Hours;
    }

    SummedPositions SummedUpTo(DayFile day, Sums sums)
    {
        var positions = Summing.Positions(Engine.Row(sums.Tables.SummedUpTo(day.Catalog)));
        day.SumUpTo(sums, positions);
        return positions;
    }

    IEnumerable<long> Times(DayFile day, string table) =>
        Engine.Row($"SELECT min(timestamp), max(timestamp) FROM {day.Catalog}.{table}").OfType<long>();

    void Detach(DayFile day)
    {
        if (day.IsAttached)
        {
            Engine.Detach(day.Catalog);
            day.IsAttached = false;
        }
    }

    public void Dispose() => Engine.Dispose();
}
