namespace Tocsin.Protocol.Traces;

/// <summary>
/// What a span did, as text for people and for grouping: a statement, a method and an address. Sentry's clients write it into the name;
/// OpenTelemetry keeps the name short and the rest in attributes.
/// </summary>
public static class SpanDescription
{
    /// <summary>Null when the span has neither.</summary>
    public static string? Of(Span span)
    {
        // A segment is known by its name.
        if (span.IsSegment)
        {
            return span.Name;
        }
        if ((Text(span, "db.query.text") ?? Text(span, "db.statement")) is { } statement)
        {
            return statement;
        }
        if (
            span.Kind == SpanKind.Client
            && (Text(span, "http.request.method") ?? Text(span, "http.method")) is { } method
            && (Text(span, "url.full") ?? Text(span, "http.url")) is { } url
        )
        {
            return $"{method} {url}";
        }
        return span.Name;
    }

    static string? Text(Span span, string key)
    {
        foreach (var (held, value) in span.Attributes)
        {
            if (held == key)
            {
                return value.ToString() is { Length: > 0 } text ? text : null;
            }
        }
        return null;
    }
}
