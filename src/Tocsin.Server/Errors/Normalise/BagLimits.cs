using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>
/// Keeps free-form JSON within a size and a depth. What lies too deep becomes its JSON text; over the size the text at the edge is cut and
/// the rest left out. Sizes are counted in characters of JSON, roughly: a limit, not an accounting.
/// </summary>
static class BagLimits
{
    public static readonly BagLimit Params = new(8 * 1024, 5);
    public static readonly BagLimit Variables = new(2 * 1024, 5);
    public static readonly BagLimit Crumb = new(2 * 1024, 5);
    public static readonly BagLimit Context = new(8 * 1024, 5);
    public static readonly BagLimit Modules = new(8 * 1024, 7);
    public static readonly BagLimit Request = new(8 * 1024, 7);
    public static readonly BagLimit ExtraValue = new(16 * 1024, 7);
    public const int Extra = 256 * 1024;

    public static JsonObject? Apply(JsonObject? bag, BagLimit limit, string path, NoteBook notes) =>
        (JsonObject?)Apply((JsonNode?)bag, limit, path, notes);

    public static JsonNode? Apply(JsonNode? node, BagLimit limit, string path, NoteBook notes)
    {
        if (node is null || Fits(node, limit))
        {
            return node;
        }
        notes.Cut(path, Size(node));
        var budget = limit.Size;
        return Trim(node, limit.Depth, ref budget);
    }

    public static RawBag? Apply(RawBag? bag, BagLimit limit, string path, NoteBook notes) =>
        bag is null || Fits(bag, limit) ? bag : RawBag.Of(Apply(bag.ToObject(), limit, path, notes));

    public static bool Fits(RawBag bag, BagLimit limit) => SurelyFits(bag.Text.Span, limit) || Fits(bag.ToObject(), limit);

    public static bool Fits(JsonNode node, BagLimit limit)
    {
        var left = limit.Size;
        return Spend(node, limit.Depth, ref left);
    }

    public static int Size(JsonNode? node)
    {
        var left = int.MaxValue;
        Spend(node, int.MaxValue, ref left);
        return int.MaxValue - left;
    }

    /// <summary>What is counted for a text is at most four times its bytes; and one pass over it tells more than enough, without a tree.</summary>
    static bool SurelyFits(ReadOnlySpan<byte> text, BagLimit limit)
    {
        if (text.Length <= limit.Size / 4 && text.Count((byte)'{') + text.Count((byte)'[') <= limit.Depth)
        {
            return true;
        }
        var left = limit.Size;
        var reader = new Utf8JsonReader(text);
        while (left >= 0 && reader.Read())
        {
            left -= reader.TokenType switch
            {
                JsonTokenType.StartObject or JsonTokenType.StartArray when reader.CurrentDepth >= limit.Depth => int.MaxValue,
                JsonTokenType.StartObject or JsonTokenType.StartArray => 3,
                JsonTokenType.EndObject or JsonTokenType.EndArray => 0,
                JsonTokenType.PropertyName => reader.ValueSpan.Length + 4,
                JsonTokenType.String => reader.ValueSpan.Length + 3,
                _ => 9,
            };
        }
        return left >= 0;
    }

    static bool Spend(JsonNode? node, int depth, ref int left)
    {
        switch (node)
        {
            case JsonObject bag when depth > 0:
                left -= 2;
                // By index: an enumerator would be an object for each bag.
                for (var i = 0; i < bag.Count; i++)
                {
                    var (name, value) = bag.GetAt(i);
                    left -= name.Length + 4;
                    if (left < 0 || !Spend(value, depth - 1, ref left))
                    {
                        return false;
                    }
                }
                break;
            case JsonArray list when depth > 0:
                left -= 2;
                for (var i = 0; i < list.Count; i++)
                {
                    left -= 1;
                    if (left < 0 || !Spend(list[i], depth - 1, ref left))
                    {
                        return false;
                    }
                }
                break;
            case JsonObject or JsonArray:
                return false;
            default:
                left -= ScalarSize(node);
                break;
        }
        return left >= 0;
    }

    static JsonNode? Trim(JsonNode? node, int depth, ref int left)
    {
        switch (node)
        {
            case JsonObject bag when depth > 0:
                left -= 2;
                var kept = new JsonObject();
                foreach (var (name, value) in bag)
                {
                    // Four for quotes, colon and comma, and room for a cut text.
                    if (left < name.Length + 4 + SmallestValue)
                    {
                        break;
                    }
                    left -= name.Length + 4;
                    kept[name] = Trim(value, depth - 1, ref left);
                }
                return kept;
            case JsonArray list when depth > 0:
                left -= 2;
                var shortened = new JsonArray();
                foreach (var value in list)
                {
                    if (left < 1 + SmallestValue)
                    {
                        break;
                    }
                    left -= 1;
                    shortened.Add(Trim(value, depth - 1, ref left));
                }
                return shortened;
            case JsonObject or JsonArray:
                return Fitted(node.ToJsonString(), ref left);
            case JsonValue scalar when scalar.TryGetValue(out string? text):
                return Fitted(text, ref left);
            default:
                left -= ScalarSize(node);
                return node?.DeepClone();
        }
    }

    static JsonValue Fitted(string text, ref int left)
    {
        var room = Math.Max(left - 2, 8);
        var fitted = Cut.To(text, room);
        left -= fitted.Length + 2;
        return JsonValue.Create(fitted);
    }

    const int SmallestValue = 24;

    // Not TryGetValue, which is looked up anew for each type it is asked for.
    static int ScalarSize(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.ToString().Length + 2 : 8;
}

/// <summary>Size in characters, Depth in levels of objects and lists.</summary>
sealed record BagLimit(int Size, int Depth);
