namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>
/// What an aggregate function of ours knows of a group. It lies in DuckDB's memory, used by one thread at a time; zeroed, it is empty. What it
/// holds beyond its own size is native memory of ours, until <see cref="Free"/>.
/// </summary>
interface IGroupState<TSelf>
    where TSelf : unmanaged, IGroupState<TSelf>
{
    /// <summary>What the other has comes to this one; it must not be asked for anything afterwards.</summary>
    void Take(ref TSelf other);

    /// <param name="bytes">Of <see cref="Write"/>.</param>
    void AddWritten(ReadOnlySpan<byte> bytes);

    /// <summary>Room enough for <see cref="Write"/>.</summary>
    int MostBytes { get; }

    /// <returns>How many bytes.</returns>
    int Write(Span<byte> target);

    void Free();
}
