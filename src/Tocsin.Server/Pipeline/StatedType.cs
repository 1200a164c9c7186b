using Tocsin.Protocol;
using Tocsin.Protocol.Envelopes;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Pipeline;

/// <summary>Some clients send their transactions under the header of an event. The payload's own <c>type</c> tells, and wins.</summary>
static class StatedType
{
    public static ItemHeader Correct(ItemHeader header, ReadOnlySpan<byte> payload) =>
        header.Type == ItemType.Event
        && HasValue(payload, "\"transaction\""u8)
        && EventReader.TryScan(payload, out var scan, out _)
        && scan.Type == ItemType.Transaction
            ? header with
            {
                Type = ItemType.Transaction,
            }
            : header;

    /// <summary>Most errors have a field of that name, and none has it as a value: only then the payload is worth reading.</summary>
    static bool HasValue(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> text)
    {
        for (int at; (at = payload.IndexOf(text)) >= 0; payload = payload[(at + text.Length)..])
        {
            if (payload[..at].TrimEnd(" \t\r\n"u8) is [.., (byte)':'])
            {
                return true;
            }
        }
        return false;
    }
}
