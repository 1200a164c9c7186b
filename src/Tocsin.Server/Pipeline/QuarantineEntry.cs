namespace Tocsin.Server.Pipeline;

/// <summary>A row of the <c>quarantine</c> table. Times are microseconds since 1970 UTC.</summary>
sealed record QuarantineEntry
{
    public long Id { get; init; }
    public long Position { get; init; }
    public long Item { get; init; }

    /// <summary>0 when the project was not known.</summary>
    public long OrganizationId { get; init; }
    public long ProjectId { get; init; }
    public long? KeyId { get; init; }
    public string ItemType { get; init; } = "";

    /// <summary>JSON object: category to quantity.</summary>
    public string Quantities { get; init; } = "{}";

    /// <summary><c>unhandled</c> or <c>poison</c>.</summary>
    public string Reason { get; init; } = "";
    public string? Error { get; init; }
    public long Received { get; init; }
    public long Day { get; init; }
    public long Segment { get; init; }
    public long Offset { get; init; }
    public long Length { get; init; }

    /// <summary>When it was played again; null: not yet.</summary>
    public long? Replayed { get; init; }

    public Payloads.PayloadLocation Location => new((int)Day, (int)Segment, Offset, (int)Length);

    /// <summary>Whether the record holds the bytes of this entry.</summary>
    public bool Is(Payloads.PayloadRecord record) => (record.Position, record.Index) == (Position, Item);
}
