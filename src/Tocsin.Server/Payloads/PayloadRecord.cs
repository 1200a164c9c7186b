namespace Tocsin.Server.Payloads;

/// <summary>What a record of the payload segments holds. Numbers are on disk.</summary>
enum PayloadKind : byte
{
    /// <summary>Columns: the telemetry row. Body: the normalised event.</summary>
    Item = 1,

    /// <summary>Columns: the receipt. Body: the bytes as received.</summary>
    Quarantined = 2,

    /// <summary>Ends a batch. Columns: its outcome rows.</summary>
    Batch = 3,
}

/// <summary>
/// One record. Position and Index name the journal record and the item in it; for <see cref="PayloadKind.Batch"/> the position is that of the
/// journal after the batch.
/// </summary>
sealed record PayloadRecord
{
    public required PayloadKind Kind { get; init; }
    public required long Position { get; init; }

    /// <summary>Of a batch alone: the journal's position before it.</summary>
    public long Previous { get; init; }
    public int Index { get; init; }

    /// <summary>0 of a batch, which holds those of many.</summary>
    public long ProjectId { get; init; }
    public EventId EventId { get; init; }
    public ReadOnlyMemory<byte> Columns { get; init; }
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Whether its batch is among those up to the position. One behind it is on its way, or was given up.</summary>
    public bool IsUpTo(long position) => Kind == PayloadKind.Batch ? Position <= position : Position < position;
}

/// <summary>What reading a location gave.</summary>
abstract record PayloadReading
{
    PayloadReading() { }

    public sealed record Found(PayloadRecord Record) : PayloadReading;

    /// <summary>The day was dropped, or no body was kept.</summary>
    public sealed record Gone : PayloadReading;

    /// <summary>The bytes are there but do not match their checksum.</summary>
    public sealed record Damaged(string Reason) : PayloadReading;
}
