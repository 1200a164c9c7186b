using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Reading;

/// <summary>
/// Names with values: <c>{"a": "1"}</c>, <c>[["a", "1"]]</c> or <c>[{"key": "a", "value": "1"}]</c>. A list as the value
/// (PHP's headers) gives one pair for each element; an object becomes its JSON.
/// </summary>
static class PairList
{
    public static IReadOnlyList<NameValue> Read(ref JsonCursor cursor)
    {
        var pairs = new List<NameValue>();
        switch (cursor.Token)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.StartObject:
                cursor.Open();
                while (cursor.NextProperty())
                {
                    AddValues(ref cursor, cursor.NameText, pairs);
                }
                break;
            case JsonTokenType.StartArray:
                cursor.Open();
                while (cursor.NextElement())
                {
                    ReadPair(ref cursor, pairs);
                }
                break;
            default:
                cursor.SetAside("expected an object or a list of pairs");
                break;
        }
        return pairs.Count > 0 ? pairs : [];
    }

    static void ReadPair(ref JsonCursor cursor, List<NameValue> pairs)
    {
        switch (cursor.Token)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.StartArray:
                ReadTuple(ref cursor, pairs);
                break;
            case JsonTokenType.StartObject:
                ReadNamed(ref cursor, pairs);
                break;
            default:
                cursor.SetAside("expected a pair");
                break;
        }
    }

    static void ReadTuple(ref JsonCursor cursor, List<NameValue> pairs)
    {
        var index = 0;
        var name = "";
        cursor.Open();
        while (cursor.NextElement())
        {
            switch (index++)
            {
                case 0:
                    name = cursor.Text() ?? "";
                    break;
                case 1:
                    AddValues(ref cursor, name, pairs);
                    break;
                default:
                    cursor.SetAside("expected a pair");
                    break;
            }
        }
        if (index == 1)
        {
            pairs.Add(new(name, null));
        }
    }

    static void ReadNamed(ref JsonCursor cursor, List<NameValue> pairs)
    {
        string? name = null;
        string? value = null;
        cursor.Open();
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "key" or "name":
                    name = cursor.Text();
                    break;
                case "value" or "version":
                    value = cursor.AnyText();
                    break;
                default:
                    cursor.SetAside("expected a pair");
                    break;
            }
        }
        if (name is not null)
        {
            pairs.Add(new(name, value));
        }
    }

    static void AddValues(ref JsonCursor cursor, string name, List<NameValue> pairs)
    {
        if (cursor.Token != JsonTokenType.StartArray)
        {
            pairs.Add(new(name, Value(ref cursor)));
            return;
        }
        cursor.Open();
        while (cursor.NextElement())
        {
            pairs.Add(new(name, Value(ref cursor)));
        }
    }

    static string? Value(ref JsonCursor cursor) => cursor.Token == JsonTokenType.String ? cursor.Known() : cursor.AnyText();
}
