using System.Text.Json;

namespace Tocsin.Protocol.Events.Writing;

/// <summary><c>["name", "value"]</c></summary>
static class Pairs
{
    public static void Write(Utf8JsonWriter writer, NameValue pair) => Write(writer, pair.Name, pair.Value);

    public static void Write(Utf8JsonWriter writer, string name, string? value)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(name);
        writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
