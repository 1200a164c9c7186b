using Tocsin.Telemetry.DuckDb.Native;
using Tocsin.Telemetry.Query;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>Runs one statement and ends it when its time is over or nobody waits for it any more.</summary>
static class QueryRun
{
    /// <exception cref="DuckDbException">With <see cref="DuckDbException.IsInterrupt"/> when the budget ended.</exception>
    public static IReadOnlyList<object?[]> Execute(
        DuckDbEngine engine,
        SqlStatement sql,
        TimeSpan budget,
        CancellationToken cancellation
    )
    {
        cancellation.ThrowIfCancellationRequested();
        using var connection = engine.Connect();
        return Execute(connection, sql, budget, cancellation);
    }

    /// <inheritdoc cref="TryExecute"/>
    public static IReadOnlyList<object?[]> Execute(
        Connection connection,
        SqlStatement sql,
        TimeSpan budget,
        CancellationToken cancellation
    ) => TryExecute(connection, sql, () => true, budget, cancellation)!;

    /// <summary>Within the connection's transaction, if it has one; it is lost when this throws.</summary>
    /// <param name="holds">Asked when the transaction has seen what the statement names: whether that is still what the statement was written for.</param>
    /// <returns>Null: it is not, and nothing was run.</returns>
    public static IReadOnlyList<object?[]>? TryExecute(
        Connection connection,
        SqlStatement sql,
        Func<bool> holds,
        TimeSpan budget,
        CancellationToken cancellation
    )
    {
        cancellation.ThrowIfCancellationRequested();
        using var interrupter = new Interrupter(connection, budget, cancellation);
        try
        {
            using var statement = connection.Prepare(sql.Text);
            if (!holds())
            {
                return null;
            }
            for (var index = 0; index < sql.Parameters.Count; index++)
            {
                statement.Bind(index + 1, sql.Parameters[index]);
            }
            using var result = statement.Execute();
            return [.. result.Rows()];
        }
        catch (DuckDbException failure) when (failure.IsInterrupt)
        {
            cancellation.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <summary>Asks again until it is disposed: an interrupt that comes just before the statement begins would be lost.</summary>
    sealed class Interrupter : IDisposable
    {
        static readonly TimeSpan Again = TimeSpan.FromMilliseconds(20);

        readonly Timer timer;
        readonly CancellationTokenRegistration cancelled;

        public Interrupter(Connection connection, TimeSpan budget, CancellationToken cancellation)
        {
            timer = new(_ => connection.Interrupt(), null, budget, Again);
            cancelled = cancellation.Register(() => timer.Change(TimeSpan.Zero, Again));
        }

        public void Dispose()
        {
            cancelled.Dispose();
            using var done = new ManualResetEvent(false);
            if (timer.Dispose(done))
            {
                done.WaitOne();
            }
        }
    }
}
