using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Reading;

/// <summary><c>tags</c> in the three shapes of <see cref="PairList"/>. Null tags are no tags; of equal keys the first wins.</summary>
static class TagReader
{
    public static IReadOnlyList<EventTag> Read(ref JsonCursor cursor)
    {
        var tags = new TagSet();
        switch (cursor.Token)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.StartObject:
                cursor.Open();
                while (cursor.NextProperty())
                {
                    tags.Add(cursor.NameText, ref cursor);
                }
                break;
            case JsonTokenType.StartArray:
                cursor.Open();
                while (cursor.NextElement())
                {
                    ReadPair(ref cursor, tags);
                }
                break;
            default:
                cursor.SetAside("expected an object or a list of pairs");
                break;
        }
        return tags.ToList() is { Count: > 0 } found ? found : [];
    }

    static void ReadPair(ref JsonCursor cursor, TagSet tags)
    {
        if (cursor.Token != JsonTokenType.StartArray)
        {
            ReadNamed(ref cursor, tags);
            return;
        }
        var index = 0;
        string? key = null;
        cursor.Open();
        while (cursor.NextElement())
        {
            switch (index++)
            {
                case 0:
                    key = cursor.Text();
                    break;
                case 1 when key is not null:
                    tags.Add(key, ref cursor);
                    break;
                default:
                    cursor.SetAside("expected a pair");
                    break;
            }
        }
    }

    static void ReadNamed(ref JsonCursor cursor, TagSet tags)
    {
        if (!cursor.OpenObject())
        {
            return;
        }
        string? key = null;
        string? value = null;
        var refused = false;
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "key":
                    key = cursor.Text();
                    break;
                case "value":
                    refused = cursor.Token is JsonTokenType.StartObject or JsonTokenType.StartArray;
                    value = cursor.Text();
                    break;
                default:
                    cursor.SetAside("expected a pair");
                    break;
            }
        }
        tags.Add(key, value, refused);
    }

    sealed class TagSet
    {
        readonly List<EventTag> tags = [];
        HashSet<string>? keys;

        public void Add(string key, ref JsonCursor cursor)
        {
            var refused = cursor.Token is JsonTokenType.StartObject or JsonTokenType.StartArray;
            Add(key, cursor.Text(), refused);
        }

        /// <param name="refused">The value was no scalar: the tag stays, without one.</param>
        public void Add(string? key, string? value, bool refused)
        {
            if (key is not null && (value is not null || refused) && (keys ??= new(StringComparer.Ordinal)).Add(key))
            {
                tags.Add(new(key, value));
            }
        }

        public List<EventTag> ToList() => tags;
    }
}
