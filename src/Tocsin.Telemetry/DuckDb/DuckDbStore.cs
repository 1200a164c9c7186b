using System.Diagnostics;
using Tocsin.Telemetry.DuckDb.Native;
using Tocsin.Telemetry.Query;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// The embedded telemetry store: one DuckDB file per arrival day in one directory. One batch is one transaction of one file, its position
/// included. A file that turns out to be damaged is set aside, and the day begins empty: queries that touch it say so until it is rebuilt.
/// What changes the set of files waits for the running queries, which their budgets bound.
/// </summary>
public sealed class DuckDbStore : TelemetryStore
{
    readonly DuckDbOptions options;
    readonly DayFiles files;
    readonly SemaphoreSlim writing = new(1);
    readonly SemaphoreSlim rebuilding = new(1);
    readonly SemaphoreSlim querying;
    readonly QueryThreads threads = new();
    readonly FileGate gate = new();
    readonly DayClosing closing;
    readonly Summing summing;
    Task checkpointing = Task.CompletedTask;
    long applied;
    bool closed;

    DuckDbStore(DuckDbOptions options, DayFiles files)
    {
        this.options = options;
        this.files = files;
        querying = new(options.Queries);
        closing = new(options, files, gate, writing);
        summing = new(options, files, gate);
        applied = files.Applied;
    }

    /// <summary>Never fails over damaged files; <see cref="TelemetryStore.Days"/> tells of them.</summary>
    /// <exception cref="TelemetryStoreException">Another process has the directory, or the machine refuses its files.</exception>
    public static async Task<DuckDbStore> OpenAsync(DuckDbOptions options, CancellationToken cancellation) =>
        await Task.Run(() => new DuckDbStore(options, DayFiles.Open(options)), cancellation);

    public override long Applied => Interlocked.Read(ref applied);

    public override IReadOnlyList<TelemetryDay> Days => [.. files.All.Select(day => day.Description)];

    public override async Task ApplyAsync(TelemetryBatch batch, CancellationToken cancellation)
    {
        await WritingAsync(
            () =>
            {
                if (batch.Position > Applied)
                {
                    Apply(batch);
                }
            },
            cancellation
        );
    }

    void Apply(TelemetryBatch batch)
    {
        try
        {
            if (!files.IsOpen && gate.Exclusive(Reopen) && batch.Position <= Applied)
            {
                return;
            }
            var day = FindOrCreate(batch.Day);
            OpenForWriting(day);
            gate.Shared(() => Commit(day, batch));
            Interlocked.Exchange(ref applied, Math.Max(Applied, batch.Position));
            Checkpoint(day);
            summing.Continue(day);
        }
        catch (DuckDbException failure) when (failure.WantsMending)
        {
            gate.Exclusive(() => Mend(failure, [.. files.All.Where(day => day.Day == batch.Day)]));
            throw;
        }
    }

    bool Reopen()
    {
        files.Reopen();
        Interlocked.Exchange(ref applied, files.Applied);
        return files.IsOpen;
    }

    void OpenForWriting(DayFile day)
    {
        closing.GiveWay(day);
        if (!day.IsReadOnly)
        {
            AttachAgain(day);
        }
        if (day.IsReadOnly)
        {
            gate.Exclusive(() => files.OpenForWriting(day));
        }
    }

    /// <summary>A change of files that failed may have left it closed.</summary>
    void AttachAgain(DayFile day)
    {
        if (!DayFiles.AreAttached([day]))
        {
            gate.Exclusive(() => Attach([day]));
        }
    }

    DayFile FindOrCreate(DateOnly day) => files.Find(day) ?? gate.Exclusive(() => files.Find(day) ?? files.Create(day));

    void Commit(DayFile day, TelemetryBatch batch)
    {
        if (day.IsRefused)
        {
            throw new TelemetryStoreException($"{day.FilePath} cannot be opened: {day.Refusal}");
        }
        // A connection per batch: the instance may have been replaced since the last one.
        using var connection = files.Engine.Connect();
        day.Expect(batch);
        connection.Transact(() =>
        {
            Tables.Append(connection, day.Catalog, batch);
            connection.Execute($"INSERT INTO {day.Catalog}.{Tables.Applied} VALUES ({batch.Position})");
        });
        day.Include(batch);
    }

    /// <summary>Works a long log into its file on another thread and connection: this is what would stall a commit.</summary>
    void Checkpoint(DayFile day)
    {
        if (day.LogBytes < options.CheckpointBytes || !checkpointing.IsCompleted)
        {
            return;
        }
        checkpointing = threads.RunAsync(() => TryCheckpoint(day), CancellationToken.None);
    }

    bool TryCheckpoint(DayFile day)
    {
        try
        {
            gate.Shared(() =>
            {
                using var connection = files.Engine.Connect();
                connection.Execute($"CHECKPOINT {day.Catalog}");
            });
            return true;
        }
        catch (Exception failure) when (failure is DuckDbException or ObjectDisposedException)
        {
            // The log stays as long as it is; the next batch asks again.
            return false;
        }
    }

    public override async Task<TelemetryResult> QueryAsync(TelemetryQuery query, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        if (!await querying.WaitAsync(query.Budget, cancellation))
        {
            QueryAttempt.Check(query);
            return new([.. query.Select.Select(selected => selected.Name)], [], Partial: true);
        }
        try
        {
            return await threads.RunAsync(() => Answer(query, started, cancellation), cancellation);
        }
        finally
        {
            querying.Release();
        }
    }

    TelemetryResult Answer(TelemetryQuery query, long started, CancellationToken cancellation)
    {
        var attempt = new QueryAttempt(query, started, cancellation);
        while (true)
        {
            try
            {
                if (gate.Shared(() => attempt.TryAnswer(files)) is { } answer)
                {
                    return answer;
                }
                gate.Exclusive(() => Attach(files.For(query.Dataset, query.Range)));
            }
            catch (DuckDbException failure) when (attempt.MayTryAgain(failure))
            {
                gate.Exclusive(() => Mend(failure, files.For(query.Dataset, query.Range)));
            }
        }
    }

    /// <summary>A day that cannot be opened takes its positions with it.</summary>
    void Attach(IReadOnlyList<DayFile> days)
    {
        files.AttachAll(days);
        Interlocked.Exchange(ref applied, files.Applied);
    }

    /// <summary>Finds the days whose files cannot be read and sets them aside.</summary>
    void Mend(DuckDbException failure, IReadOnlyList<DayFile> suspects)
    {
        if (failure.EndsInstance)
        {
            files.Reopen();
        }
        foreach (var day in suspects)
        {
            files.AttachAll([day]);
            if (day.IsAttached && files.WhyUnreadable(day) is { } damage)
            {
                files.SetAside(day, damage);
            }
        }
        Interlocked.Exchange(ref applied, files.Applied);
    }

    public override async Task RebuildAsync(DateOnly day, IAsyncEnumerable<TelemetryBatch> rows, CancellationToken cancellation)
    {
        await rebuilding.WaitAsync(cancellation);
        try
        {
            var file = FindOrCreate(day);
            AttachAgain(file);
            using var rebuild = gate.Shared(() => new Rebuild(files, file));
            await foreach (var batch in rows.WithCancellation(cancellation))
            {
                await Task.Run(() => gate.Shared(() => rebuild.Add(batch)), cancellation);
            }
            await WritingAsync(() => gate.Exclusive(() => Replace(file, rebuild)), cancellation);
        }
        finally
        {
            rebuilding.Release();
        }
    }

    void Replace(DayFile day, Rebuild rebuild)
    {
        rebuild.Finish();
        try
        {
            files.Replace(day);
        }
        finally
        {
            Interlocked.Exchange(ref applied, files.Applied);
        }
    }

    public override Task<bool> CloseAsync(DateOnly day, CancellationToken cancellation) =>
        RewriteAsync(day, RowKinds.None, cancellation);

    public override Task<bool> DropAsync(DateOnly day, RowKinds kinds, CancellationToken cancellation) =>
        RewriteAsync(day, kinds, cancellation);

    async Task<bool> RewriteAsync(DateOnly day, RowKinds without, CancellationToken cancellation)
    {
        await rebuilding.WaitAsync(cancellation);
        try
        {
            return files.Find(day) is { } file && await RewriteAsync(file, without, cancellation);
        }
        catch (DuckDbException failure) when (failure.WantsMending)
        {
            gate.Exclusive(() => Mend(failure, [.. files.All.Where(file => file.Day == day)]));
            throw;
        }
        finally
        {
            rebuilding.Release();
        }
    }

    async Task<bool> RewriteAsync(DayFile day, RowKinds without, CancellationToken cancellation)
    {
        var isWhole = day is { Damage: null, IsRefused: false };
        if (without == RowKinds.All || isWhole && without != RowKinds.None && (day.Kinds & ~without) == RowKinds.None)
        {
            await WritingAsync(() => Drop(day), cancellation);
            return true;
        }
        if (!isWhole || day.IsClosed && (day.Kinds & without) == RowKinds.None)
        {
            return isWhole;
        }
        if (!day.IsReadOnly)
        {
            AttachAgain(day);
        }
        return await closing.RunAsync(day, day.Kinds & ~without, cancellation);
    }

    async Task WritingAsync(Action action, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            // What has begun is finished: half a wait would leave the caller in doubt. On the threads that the caller chose for its work.
            await Task.Factory.StartNew(
                action,
                CancellationToken.None,
                TaskCreationOptions.DenyChildAttach,
                TaskScheduler.Current
            );
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>The position outlives the day that held it: it is written to a day that stays before.</summary>
    void Drop(DayFile day)
    {
        if (day.Applied == Applied && Applied > 0)
        {
            var keeper = files.All.LastOrDefault(other => other != day && !other.IsRefused) ?? FindOrCreate(day.Day.AddDays(1));
            OpenForWriting(keeper);
            gate.Shared(() => Commit(keeper, new(Applied, keeper.Day)));
        }
        gate.Exclusive(() => files.Drop(day));
    }

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref closed, true))
        {
            return;
        }
        await rebuilding.WaitAsync();
        await writing.WaitAsync();
        await checkpointing;
        await summing.EndAsync();
        gate.Exclusive(files.Dispose);
        gate.Dispose();
        querying.Dispose();
        writing.Dispose();
        rebuilding.Dispose();
    }
}
