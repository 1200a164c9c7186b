namespace Tocsin.Server.Payloads;

/// <summary>Where a body lies: arrival day (yyyymmdd), the day's segment number, byte offset and length of the record. Length 0: nowhere.</summary>
readonly record struct PayloadLocation(int Day, int Segment, long Offset, int Length)
{
    public bool IsEmpty => Length == 0;
}
