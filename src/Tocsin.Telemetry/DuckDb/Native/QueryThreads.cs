using System.Collections.Concurrent;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>
/// Threads that take part in the queries of one instance, and in nothing while none runs. DuckDB's own would always be there: one of them takes the
/// single task of a commit or an append, and the thread that waits for it asks for another without a pause.
/// </summary>
sealed class QueryThreads : IDisposable
{
    readonly DatabaseHandle database;
    readonly Thread[] threads;
    readonly BlockingCollection<Stretch> stretches = [];
    readonly Lock gate = new();
    Stretch? current;
    int running;

    /// <param name="database">Must stay open for as long as this is not disposed.</param>
    public QueryThreads(DatabaseHandle database, int count)
    {
        this.database = database;
        threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(Work) { IsBackground = true, Name = "Tocsin query" })];
        foreach (var thread in threads)
        {
            thread.Start();
        }
    }

    /// <summary>They work until it is disposed.</summary>
    public IDisposable Begin()
    {
        lock (gate)
        {
            if (running++ == 0 && threads.Length > 0)
            {
                current = new(DuckDbLibrary.duckdb_create_task_state(database), threads.Length);
                foreach (var _ in threads)
                {
                    stretches.Add(current);
                }
            }
        }
        return new Running(this);
    }

    void End()
    {
        lock (gate)
        {
            if (--running == 0)
            {
                current?.End();
                current = null;
            }
        }
    }

    void Work()
    {
        foreach (var stretch in stretches.GetConsumingEnumerable())
        {
            stretch.Work();
        }
    }

    /// <summary>When no query runs any more.</summary>
    public void Dispose()
    {
        stretches.CompleteAdding();
        foreach (var thread in threads)
        {
            thread.Join();
        }
        stretches.Dispose();
    }

    sealed class Running(QueryThreads threads) : IDisposable
    {
        public void Dispose() => threads.End();
    }

    /// <summary>From the first query to the end of the last one that runs beside it.</summary>
    sealed class Stretch(nint state, int threads)
    {
        /// <summary>Those who may still look at the state: who ends it is one of them.</summary>
        int left = threads + 1;

        public void Work()
        {
            DuckDbLibrary.duckdb_execute_tasks_state(state);
            Leave();
        }

        public void End()
        {
            DuckDbLibrary.duckdb_finish_execution(state);
            Leave();
        }

        void Leave()
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                DuckDbLibrary.duckdb_destroy_task_state(state);
            }
        }
    }
}
