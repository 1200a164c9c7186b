using System.Buffers.Binary;
using System.Security.Cryptography;
using Tocsin.Protocol.Traces;

namespace Tocsin.Server.Traces;

/// <summary>
/// The id of an item that has none: a hash of which spans it holds. A client that sends the same request again sends the same set, and is found
/// out by the index of events as a repeated error is; the order of the spans does not matter.
/// </summary>
static class SpanSetId
{
    const int Entry = 24;

    /// <param name="spans">At least one.</param>
    public static EventId Of(IReadOnlyList<Span> spans)
    {
        var ids = new (UInt128 Trace, long Span)[spans.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = (spans[i].TraceId, spans[i].SpanId);
        }
        Array.Sort(ids);
        var bytes = new byte[ids.Length * Entry];
        for (var i = 0; i < ids.Length; i++)
        {
            var entry = bytes.AsSpan(i * Entry, Entry);
            BinaryPrimitives.WriteUInt128BigEndian(entry, ids[i].Trace);
            BinaryPrimitives.WriteInt64BigEndian(entry[16..], ids[i].Span);
        }
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }
}
