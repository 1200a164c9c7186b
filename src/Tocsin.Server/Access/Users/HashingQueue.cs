namespace Tocsin.Server.Access.Users;

/// <summary>Password hashing is slow on purpose; at most half the cores do it at a time, so that a flood of logins stops nothing else.</summary>
sealed class HashingQueue : IDisposable
{
    readonly SemaphoreSlim places = new(Math.Max(1, Environment.ProcessorCount / 2));

    public async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        return new Place(places);
    }

    public void Dispose() => places.Dispose();

    sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
