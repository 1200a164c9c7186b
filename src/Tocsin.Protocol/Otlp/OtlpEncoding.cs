namespace Tocsin.Protocol.Otlp;

/// <summary>The two forms of an OTLP message on the wire.</summary>
public enum OtlpEncoding
{
    Protobuf,
    Json,
}

public static class OtlpEncodings
{
    /// <summary>By the content type; where that names neither, by the body: JSON begins with a brace, and no OTLP message does.</summary>
    public static OtlpEncoding Of(string? contentType, ReadOnlySpan<byte> body)
    {
        var type = contentType is null ? [] : contentType.AsSpan();
        if (type.IndexOf(';') is >= 0 and var parameters)
        {
            type = type[..parameters];
        }
        type = type.Trim();
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase) ? OtlpEncoding.Json
            : type.Equals("application/x-protobuf", StringComparison.OrdinalIgnoreCase) ? OtlpEncoding.Protobuf
            : body.TrimStart(" \t\r\n"u8).StartsWith("{"u8) ? OtlpEncoding.Json
            : OtlpEncoding.Protobuf;
    }
}
