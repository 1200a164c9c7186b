using System.Text.Json;

namespace Tocsin.Server.Errors.Grouping;

/// <summary>
/// A grouping result as JSON, with the names of Sentry's grouping info where it has them: variants with hash and component; a component with
/// id, contributes, hint and values, which are texts or components.
/// </summary>
static class GroupingFormat
{
    /// <param name="explained">With the components of each variant; they are several times the event and can be found again from it.</param>
    public static void Write(Utf8JsonWriter writer, GroupingResult grouping, bool explained)
    {
        writer.WriteStartObject();
        writer.WriteString("config", grouping.Config);
        WriteList(writer, "hashes", grouping.Hashes);
        if (grouping.Fingerprint is { } fingerprint)
        {
            WriteList(writer, "fingerprint", fingerprint);
        }
        if (grouping.Rule is { } rule)
        {
            writer.WriteString("rule", rule);
        }
        if (grouping.MainException is { } main)
        {
            writer.WriteNumber("mainException", main);
        }
        writer.WriteStartArray("variants");
        foreach (var variant in grouping.Variants)
        {
            writer.WriteStartObject();
            writer.WriteString("key", variant.Name);
            writer.WriteBoolean("contributes", variant.Contributes);
            writer.WriteString("hash", variant.Hash);
            if (explained)
            {
                writer.WritePropertyName("component");
                Write(writer, variant.Root);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void Write(Utf8JsonWriter writer, Component component)
    {
        writer.WriteStartObject();
        writer.WriteString("id", component.Name);
        writer.WriteBoolean("contributes", component.Contributes);
        if (component.Hint is not null)
        {
            writer.WriteString("hint", component.Hint);
        }
        writer.WriteStartArray("values");
        foreach (var value in component.Values)
        {
            writer.WriteStringValue(value);
        }
        foreach (var child in component.Children)
        {
            Write(writer, child);
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }
        writer.WriteEndArray();
    }
}
