using System.Buffers.Binary;
using System.Security.Cryptography;
using Tocsin.Protocol.Traces;

namespace Tocsin.Server.Traces;

/// <summary>
/// The id of an item that has none: a hash of which spans it holds. A client that sends the same request again sends the same set, and is found
/// out by the index of events as a repeated error is; the order of the spans does not matter. Where a server shares the id of its client's span
/// (Zipkin), which of the two it is tells them apart.
/// </summary>
static class SpanSetId
{
    const int Entry = 24;

    /// <param name="spans">At least one.</param>
    public static EventId Of(IReadOnlyList<Span> spans)
    {
        var ids = new (UInt128 Trace, long Span, bool IsCalled)[spans.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = (spans[i].TraceId, spans[i].SpanId, spans[i].Kind is SpanKind.Server or SpanKind.Consumer);
        }
        Array.Sort(ids);
        var bytes = new byte[(ids.Length * Entry) + (ids.Any(id => id.IsCalled) ? ids.Length : 0)];
        for (var i = 0; i < ids.Length; i++)
        {
            var entry = bytes.AsSpan(i * Entry, Entry);
            BinaryPrimitives.WriteUInt128BigEndian(entry, ids[i].Trace);
            BinaryPrimitives.WriteInt64BigEndian(entry[16..], ids[i].Span);
            if (ids[i].IsCalled)
            {
                bytes[(ids.Length * Entry) + i] = 1;
            }
        }
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }
}
