namespace Tocsin.Protocol.Traces;

/// <summary>Which end of a call a span is, as OpenTelemetry names it.</summary>
public static class SpanKind
{
    public const string Internal = "internal";
    public const string Server = "server";
    public const string Client = "client";
    public const string Producer = "producer";
    public const string Consumer = "consumer";

    /// <summary>In any case, with or without <c>SPAN_KIND_</c>; null for what names none.</summary>
    public static string? Read(string? text)
    {
        const string prefix = "SPAN_KIND_";
        var name = text is null ? [] : text.AsSpan().Trim();
        if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        {
            name = name[prefix.Length..];
        }
        foreach (var kind in (ReadOnlySpan<string>)[Internal, Server, Client, Producer, Consumer])
        {
            if (name.Equals(kind, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }
        return null;
    }
}
