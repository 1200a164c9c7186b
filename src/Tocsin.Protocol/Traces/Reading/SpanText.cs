namespace Tocsin.Protocol.Traces.Reading;

/// <summary>
/// The null character says nothing to anybody, and what shows or stores a text may end there. It is left out of spans as they are
/// read: unlike an event, a span is not made legal in a step of its own.
/// </summary>
static class SpanText
{
    public static string WithoutNul(string text) => text.Contains('\0') ? text.Replace("\0", "", StringComparison.Ordinal) : text;

    public static AttributeValue WithoutNul(in AttributeValue value) =>
        value.Type == AttributeType.Text && value.ToString() is var text && text.Contains('\0')
            ? AttributeValue.Of(WithoutNul(text), value.Unit)
            : value;
}
