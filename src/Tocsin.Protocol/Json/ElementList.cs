using System.Text.Json;

namespace Tocsin.Protocol.Json;

/// <summary>Reads one element of a list; null: nothing to keep, and noted where that is a loss.</summary>
delegate T? ElementReader<T>(ref JsonCursor cursor)
    where T : class;

/// <summary>The shapes in which clients send a list of interfaces.</summary>
static class ElementList
{
    /// <summary>
    /// <c>{"values": […]}</c>, a bare list, a single object, or an object with numbers for names. In notes all of them have the
    /// first form's path.
    /// </summary>
    public static IReadOnlyList<T> ReadValues<T>(ref JsonCursor cursor, ElementReader<T> read)
        where T : class
    {
        if (cursor.Token is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return Read(ref cursor, read);
        }
        if (cursor.Token == JsonTokenType.StartArray || cursor.Peek("values"u8) != ObjectShape.Wrapper)
        {
            cursor.OpenAs("values");
            var bare = Read(ref cursor, read);
            cursor.Close();
            return bare;
        }
        IReadOnlyList<T> values = [];
        cursor.Open();
        while (cursor.NextProperty())
        {
            if (cursor.Name is "values")
            {
                values = Read(ref cursor, read);
            }
            else
            {
                cursor.Skip();
            }
        }
        return values;
    }

    /// <summary>A list, or in its place a single object or an object with numbers for names.</summary>
    public static IReadOnlyList<T> Read<T>(ref JsonCursor cursor, ElementReader<T> read)
        where T : class
    {
        var list = new List<T>();
        switch (cursor.Token)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.StartArray:
                cursor.Open();
                while (cursor.NextElement())
                {
                    Add(ref cursor, read, list);
                }
                break;
            case JsonTokenType.StartObject when cursor.Peek([]) == ObjectShape.Single:
                cursor.OpenAs("0");
                Add(ref cursor, read, list);
                cursor.Close();
                break;
            case JsonTokenType.StartObject:
                cursor.Open();
                while (cursor.NextProperty())
                {
                    Add(ref cursor, read, list);
                }
                break;
            default:
                cursor.SetAside("expected a list");
                break;
        }
        return list.Count > 0 ? list : [];
    }

    /// <summary>A list of texts; a single scalar is a list of one. Null elements are left out.</summary>
    public static IReadOnlyList<string> ReadTexts(ref JsonCursor cursor)
    {
        if (cursor.Token is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
        {
            return cursor.Text() is { } single ? [single] : [];
        }
        return Read(ref cursor, static (ref c) => c.Text());
    }

    static void Add<T>(ref JsonCursor cursor, ElementReader<T> read, List<T> list)
        where T : class
    {
        if (!cursor.IsNull && read(ref cursor) is { } element)
        {
            list.Add(element);
        }
    }
}
