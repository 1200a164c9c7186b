using System.Reflection;
using System.Text.Json.Nodes;
using Tocsin.Protocol;
using Tocsin.Protocol.Events;

namespace Protocol.Tests;

/// <summary>Arbitrary values, the same for the same seed. Records are filled through their properties, so a new one is covered at once.</summary>
sealed class Some(int seed)
{
    static readonly string[] Texts =
    [
        "",
        "a",
        "naïve",
        "two\nlines\r",
        "\"quoted\" \\ back",
        "nul \0 bell \a",
        "\U0001F600 \u202E",
        "<script>&'+",
        "NaN",
        "null",
        "12",
    ];
    static readonly string[] Levels = ["fatal", "error", "warning", "info", "debug"];

    readonly Random random = new(seed);

    public ErrorEvent Event()
    {
        var some = Filled<ErrorEvent>();
        return some with
        {
            Type = some.SecurityReport is null ? some.Type : Of("csp", "hpkp", "expectct", "expectstaple"),
            Tags = [.. some.Tags.DistinctBy(tag => tag.Key)],
            Contexts = some.Contexts is null ? null : new JsonObject { ["a"] = Bag(2), ["b.c"] = Bag(1) },
            Fingerprint = some.Fingerprint is { Count: > 0 } ? some.Fingerprint : null,
            Notes = [.. some.Notes.DistinctBy(note => note.Path).Select(Wellformed)],
        };
    }

    T Filled<T>() => (T)Filled(typeof(T));

    object Filled(Type type)
    {
        var constructor = type.GetConstructors().OrderBy(each => each.GetParameters().Length).First();
        var filled = constructor.Invoke([
            .. constructor.GetParameters().Select(parameter => Value(parameter.Name!, parameter.ParameterType)),
        ]);
        foreach (
            var property in type.GetProperties().Where(property => property.CanWrite && constructor.GetParameters().Length == 0)
        )
        {
            if (random.Next(3) > 0 || IsNeeded(type, property))
            {
                property.SetValue(filled, Value(property.Name, property.PropertyType));
            }
        }
        return filled;
    }

    /// <summary>Without these the record says nothing and is not written.</summary>
    static bool IsNeeded(Type type, PropertyInfo property) =>
        (type.Name, property.Name)
            is
                (nameof(StackTrace), nameof(StackTrace.Frames))
                or
                (nameof(ExceptionValue), nameof(ExceptionValue.Type))
                or
                (nameof(EventUser), nameof(EventUser.Id))
                or
                (nameof(EventRequest), nameof(EventRequest.Method));

    object? Value(string name, Type type) =>
        name switch
        {
            nameof(ErrorEvent.Level) => Of(Levels),
            nameof(ErrorEvent.Modules) => Texts[1..5].ToDictionary(text => text, text => (string?)text),
            nameof(EventRequest.Url) => "https://example.com/a b",
            nameof(FieldNote.Path) => $"a.b{random.Next(100)}.0",
            _ when type == typeof(string) => Of(Texts),
            _ when type == typeof(long?) => random.NextInt64(long.MinValue, long.MaxValue),
            _ when type == typeof(bool?) => random.Next(2) == 0,
            _ when type == typeof(DateTimeOffset?) => DateTimeOffset.UnixEpoch.AddMicroseconds(
                random.NextInt64(4_000_000_000_000_000)
            ),
            _ when type == typeof(EventId?) => new EventId((UInt128)random.NextInt64()),
            _ when type == typeof(JsonObject) => Bag(3),
            _ when type == typeof(RawBag) => RawBag.Of(Bag(3)),
            _ when type == typeof(JsonNode) => Node(3),
            _ when type.IsGenericType => List(name, type.GetGenericArguments()[0]),
            _ => Filled(type),
        };

    Array List(string name, Type type)
    {
        var element = type == typeof(long) ? typeof(long?) : type;
        var list = Array.CreateInstance(type, random.Next(1, 4));
        for (var i = 0; i < list.Length; i++)
        {
            list.SetValue(Value(name + "element", element), i);
        }
        return list;
    }

    JsonObject Bag(int depth)
    {
        var bag = new JsonObject();
        for (var i = random.Next(4); i > 0; i--)
        {
            bag[Of(Texts)] = Node(depth - 1);
        }
        return bag;
    }

    JsonNode? Node(int depth) =>
        random.Next(depth > 0 ? 7 : 5) switch
        {
            0 => JsonValue.Create(Of(Texts)),
            1 => JsonValue.Create(random.NextInt64()),
            2 => JsonValue.Create(random.NextDouble() * Math.Pow(10, random.Next(-300, 300))),
            3 => JsonValue.Create(random.Next(2) == 0),
            4 => JsonValue.Create(""),
            5 => Bag(depth),
            _ => new JsonArray(Node(depth - 1), null, Node(depth - 1)),
        };

    /// <summary>Either an error or a remark: what a node of <c>_meta</c> can hold.</summary>
    FieldNote Wellformed(FieldNote note) =>
        random.Next(2) == 0
            ? new(note.Path, "invalid_data", "{\"a\":1}", note.Length, Reason: note.Reason)
            : new(note.Path, "", null, note.Length, "!limit", "s");

    T Of<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
