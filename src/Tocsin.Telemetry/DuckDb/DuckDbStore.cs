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
    readonly FileGate gate = new();
    Task checkpointing = Task.CompletedTask;
    long applied;
    bool closed;

    DuckDbStore(DuckDbOptions options, DayFiles files)
    {
        this.options = options;
        this.files = files;
        querying = new(options.Queries);
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
        await writing.WaitAsync(cancellation);
        try
        {
            if (batch.Position > Applied)
            {
                // A batch that has begun is finished: half a wait would leave the caller in doubt.
                await Task.Run(() => Apply(batch), CancellationToken.None);
            }
        }
        finally
        {
            writing.Release();
        }
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
            gate.Shared(() => Commit(day, batch));
            Interlocked.Exchange(ref applied, Math.Max(Applied, batch.Position));
            Checkpoint(day);
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

    DayFile FindOrCreate(DateOnly day) => files.Find(day) ?? gate.Exclusive(() => files.Find(day) ?? files.Create(day));

    void Commit(DayFile day, TelemetryBatch batch)
    {
        if (day.IsRefused)
        {
            throw new TelemetryStoreException($"{day.FilePath} cannot be opened: {day.Refusal}");
        }
        // A connection per batch: the instance may have been replaced since the last one.
        using var connection = files.Engine.Connect();
        connection.Transact(() =>
        {
            Tables.Events.Append(connection, day.Catalog, batch.Events, batch.Position);
            Tables.Spans.Append(connection, day.Catalog, batch.Spans, batch.Position);
            Tables.Outcomes.Append(connection, day.Catalog, batch.Outcomes, batch.Position);
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
        checkpointing = Task.Run(() =>
        {
            try
            {
                gate.Shared(() =>
                {
                    using var connection = files.Engine.Connect();
                    connection.Execute($"CHECKPOINT {day.Catalog}");
                });
            }
            catch (DuckDbException)
            {
                // The log stays as long as it is; the next batch asks again.
            }
        });
    }

    public override async Task<TelemetryResult> QueryAsync(TelemetryQuery query, CancellationToken cancellation)
    {
        SqlWriter.Write(query, [DuckDbEngine.EmptyCatalog]);
        var started = Stopwatch.GetTimestamp();
        if (!await querying.WaitAsync(query.Budget, cancellation))
        {
            return new([.. query.Select.Select(selected => selected.Name)], [], Partial: true);
        }
        try
        {
            return await Task.Run(() => Answer(query, started, cancellation), cancellation);
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
                return gate.Shared(() => attempt.Answer(files));
            }
            catch (DuckDbException failure) when (attempt.MayTryAgain(failure))
            {
                gate.Exclusive(() => Mend(failure, files.For(query.Dataset, query.Range)));
            }
        }
    }

    /// <summary>Finds the days whose files cannot be read and sets them aside.</summary>
    void Mend(DuckDbException failure, IReadOnlyList<DayFile> suspects)
    {
        if (failure.EndsInstance)
        {
            files.Reopen();
        }
        foreach (var day in suspects.Where(day => !day.IsRefused))
        {
            if (files.WhyUnreadable(day) is { } damage)
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
            using var rebuild = gate.Shared(() => new Rebuild(files, file));
            await foreach (var batch in rows.WithCancellation(cancellation))
            {
                await Task.Run(() => gate.Shared(() => rebuild.Add(batch)), cancellation);
            }
            await writing.WaitAsync(cancellation);
            try
            {
                await Task.Run(() => gate.Exclusive(() => Replace(file, rebuild)), CancellationToken.None);
            }
            finally
            {
                writing.Release();
            }
        }
        finally
        {
            rebuilding.Release();
        }
    }

    void Replace(DayFile day, Rebuild rebuild)
    {
        rebuild.Finish();
        files.Replace(day);
        Interlocked.Exchange(ref applied, files.Applied);
    }

    public override async Task DropAsync(DateOnly before, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            await Task.Run(() => gate.Exclusive(() => Drop(before)), CancellationToken.None);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>The position outlives the day that held it: it is written to a day that stays before any is dropped.</summary>
    void Drop(DateOnly before)
    {
        var dropped = files.All.Where(day => day.Day < before).ToList();
        if (dropped.Select(day => day.Applied).DefaultIfEmpty().Max() == Applied && Applied > 0)
        {
            Commit(files.All.FirstOrDefault(day => day.Day >= before) ?? files.Create(before), new(Applied, before));
        }
        foreach (var day in dropped)
        {
            files.Drop(day);
        }
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
        gate.Exclusive(files.Dispose);
        gate.Dispose();
        querying.Dispose();
        writing.Dispose();
        rebuilding.Dispose();
    }
}
