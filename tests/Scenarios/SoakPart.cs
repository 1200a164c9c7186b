namespace Scenarios;

/// <summary>
/// Of a part of a soak. Resident: bytes, the median; Handles and BytesPerEvent: at its end; P99: of its acks, in milliseconds; SyncP99: of small
/// appends with their sync, beside it on the same disk.
/// </summary>
sealed record SoakPart(long Resident, int Handles, long BytesPerEvent, double P99, double SyncP99)
{
    const long MiB = 1 << 20;

    /// <summary>What is more than since the first part of a soak it may be. An ack that takes longer because the disk does is not the server's.</summary>
    public IReadOnlyList<string> GrownSince(SoakPart first) =>
        [
            .. Told("resident", Resident >= first.Resident + (64 * MiB)),
            .. Told("handles", Handles >= first.Handles + 64),
            .. Told("bytes per event", BytesPerEvent >= (long)(first.BytesPerEvent * 1.1) + 1),
            .. Told("p99", P99 >= Math.Max(1, SyncP99 / first.SyncP99) * first.P99 * 1.1 + 1),
        ];

    static IEnumerable<string> Told(string what, bool has) => has ? [what] : [];
}
