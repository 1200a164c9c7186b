using System.Runtime.InteropServices;

namespace Tocsin.Protocol.Traces.Reading;

/// <summary>Attributes in the order sent, without null characters; the first of equal keys wins.</summary>
sealed class AttributeList
{
    /// <summary>Up to here a search from the front is cheaper than a set.</summary>
    const int Few = 16;

    /// <summary>Null as long as there are none, as with most of the spans that a program makes itself.</summary>
    List<KeyedValue>? values;
    HashSet<string>? keys;

    public void Add(string key, AttributeValue value)
    {
        key = SpanText.WithoutNul(key);
        values ??= [];
        if (values.Count == Few)
        {
            keys ??= [.. values.Select(held => held.Key)];
        }
        if (keys?.Add(key) ?? Find(key) is null)
        {
            values.Add(new(key, SpanText.WithoutNul(value)));
        }
    }

    public AttributeValue? Find(string key)
    {
        foreach (ref readonly var held in CollectionsMarshal.AsSpan(values))
        {
            if (held.Key == key)
            {
                return held.Value;
            }
        }
        return null;
    }

    /// <summary>Null unless the value is text, and not an empty one.</summary>
    public string? Text(string key) =>
        Find(key) is { Type: AttributeType.Text } value && value.ToString() is { Length: > 0 } text ? text : null;

    public IReadOnlyList<KeyedValue> ToList() => values ?? [];
}
