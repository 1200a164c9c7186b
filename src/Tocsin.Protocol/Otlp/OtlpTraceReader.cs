using System.Diagnostics.CodeAnalysis;
using Tocsin.Protocol.Json;
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
        var found = TryRead(body, encoding, new OtlpAssembly(), out var assembly, out refusal);
        read = found ? assembly!.Finish() : null;
        return found;
    }

    internal static bool TryRead(
        ReadOnlySpan<byte> body,
        OtlpEncoding encoding,
        OtlpAssembly into,
        [NotNullWhen(true)] out OtlpAssembly? assembly,
        [NotNullWhen(false)] out Refusal? refusal
    )
    {
        if (encoding == OtlpEncoding.Json)
        {
            // A text that must be mended is read a second time, into an empty assembly.
            return ObjectText.TryRead(body, json => JsonTraces.Read(json, into.Again()), out assembly, out refusal);
        }
        assembly = ProtoTraces.TryRead(body, into) ? into : null;
        refusal = assembly is null ? Refusal.InvalidProtobuf : null;
        return assembly is not null;
    }
}
