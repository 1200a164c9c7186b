using System.Diagnostics.CodeAnalysis;
using Tocsin.Protocol.Otlp.Reading;

namespace Tocsin.Protocol.Otlp;

/// <summary>
/// Reads an <c>ExportTraceServiceRequest</c>. A body that is no such message is refused; a span without ids or times is refused alone, and an
/// attribute, event or link that cannot be read is left out.
/// </summary>
public static class OtlpTraceReader
{
    /// <param name="body">Without content encoding. Empty is a request with nothing in it.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> body,
        OtlpEncoding encoding,
        [NotNullWhen(true)] out OtlpTraces? read,
        [NotNullWhen(false)] out Refusal? refusal
    )
    {
        if (encoding == OtlpEncoding.Json)
        {
            return JsonTraces.TryRead(body, out read, out refusal);
        }
        read = ProtoTraces.Read(body);
        refusal = read is null ? Refusal.InvalidProtobuf : null;
        return read is not null;
    }
}
