namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// Who reads or writes rows holds it shared; who changes which files are open holds it alone, after those have finished. For threads, not for
/// continuations: no await inside.
/// </summary>
sealed class FileGate : IDisposable
{
    readonly ReaderWriterLockSlim gate = new(LockRecursionPolicy.NoRecursion);

    public T Shared<T>(Func<T> action)
    {
        gate.EnterReadLock();
        try
        {
            return action();
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    public void Shared(Action action) =>
        Shared(() =>
        {
            action();
            return true;
        });

    /// <exception cref="TelemetryStoreException">The machine refuses to rename, write or delete a file.</exception>
    public T Exclusive<T>(Func<T> action)
    {
        gate.EnterWriteLock();
        try
        {
            return action();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new TelemetryStoreException(refused.Message);
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    public void Exclusive(Action action) =>
        Exclusive(() =>
        {
            action();
            return true;
        });

    public void Dispose() => gate.Dispose();
}
