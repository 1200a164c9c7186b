using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tocsin.Protocol.Json;

ref partial struct JsonCursor
{
    /// <summary>
    /// A free-form object. A list becomes an object with the indices as names, as PHP cannot tell the two apart (so an empty list
    /// is nothing); a scalar is set aside.
    /// </summary>
    public JsonObject? Object()
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.StartObject:
                return ReadObject();
            case JsonTokenType.StartArray:
                var numbered = new JsonObject();
                Open();
                while (NextElement())
                {
                    numbered.Add(numbered.Count.ToString(CultureInfo.InvariantCulture), Node());
                }
                return numbered.Count > 0 ? numbered : null;
            default:
                SetAside("expected an object");
                return null;
        }
    }

    /// <summary>Any value. What lies deeper than <see cref="DeepestLevel"/> is set aside; of equal names the last wins.</summary>
    public JsonNode? Node()
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray when Depth >= DeepestLevel:
                SetAside("nested too deeply");
                return null;
            case JsonTokenType.StartObject:
                return ReadObject();
            case JsonTokenType.StartArray:
                var array = new JsonArray();
                Open();
                while (NextElement())
                {
                    array.Add(Node());
                }
                return array;
            case JsonTokenType.True:
                return JsonValue.Create(true);
            case JsonTokenType.False:
                return JsonValue.Create(false);
            case JsonTokenType.Number:
                return Number();
            case JsonTokenType.String:
                return JsonValue.Create(Text());
            default:
                return null;
        }
    }

    JsonObject ReadObject()
    {
        var bag = new JsonObject();
        Open();
        while (NextProperty())
        {
            var name = NameText;
            bag[name] = Node();
        }
        return bag;
    }

    /// <summary>A number that no type of ours holds stays readable as text.</summary>
    readonly JsonValue Number()
    {
        if (reader.TryGetInt64(out var whole))
        {
            return JsonValue.Create(whole);
        }
        if (reader.TryGetDouble(out var number) && double.IsFinite(number))
        {
            return JsonValue.Create(number);
        }
        return JsonValue.Create(System.Text.Encoding.UTF8.GetString(reader.ValueSpan));
    }
}
