namespace Server.Tests.Corpus;

/// <summary>A clock that runs as the machine's does, but from another moment.</summary>
sealed class MovedClock(DateTimeOffset moment) : TimeProvider
{
    long ahead = (moment - System.GetUtcNow()).Ticks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref ahead));

    public void MoveTo(DateTimeOffset moment) => Interlocked.Exchange(ref ahead, (moment - System.GetUtcNow()).Ticks);
}
