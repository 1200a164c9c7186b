using System.Text;
using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Writing;

/// <summary>
/// The notes as the tree that stands beside the event. A node has room for one length and one value, so those of its first
/// note that has them are written.
/// </summary>
static class MetaWriter
{
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<FieldNote> notes)
    {
        var root = new MetaNode();
        foreach (var note in notes)
        {
            root.At(note.Path).Notes.Add(note);
        }
        Write(writer, root);
    }

    static void Write(Utf8JsonWriter writer, MetaNode node)
    {
        writer.WriteStartObject();
        if (node.Notes.Count > 0)
        {
            writer.WritePropertyName("");
            WriteAnnotation(writer, node.Notes);
        }
        foreach (var (name, child) in node.Children)
        {
            writer.WritePropertyName(name);
            Write(writer, child);
        }
        writer.WriteEndObject();
    }

    static void WriteAnnotation(Utf8JsonWriter writer, List<FieldNote> notes)
    {
        writer.WriteStartObject();
        writer.OptionalList("rem", notes.FindAll(note => note.Rule is not null || note.Remark is not null), WriteRemark);
        writer.OptionalList("err", notes.FindAll(note => note.Kind.Length > 0), WriteError);
        writer.Optional("len", notes.Find(note => note.Length is not null)?.Length);
        if (notes.Find(note => note.Value is not null)?.Value is { } value)
        {
            writer.WritePropertyName("val");
            WriteOriginal(writer, value);
        }
        writer.WriteEndObject();
    }

    static void WriteRemark(Utf8JsonWriter writer, FieldNote note)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(note.Rule);
        if (note.Remark is not null)
        {
            writer.WriteStringValue(note.Remark);
        }
        writer.WriteEndArray();
    }

    static void WriteError(Utf8JsonWriter writer, FieldNote note)
    {
        if (note.Reason is null)
        {
            writer.WriteStringValue(note.Kind);
            return;
        }
        writer.WriteStartArray();
        writer.WriteStringValue(note.Kind);
        writer.WriteStartObject();
        writer.WriteString("reason", note.Reason);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    /// <summary>What is no JSON, having been cut by hand, is written as the text it is.</summary>
    static void WriteOriginal(Utf8JsonWriter writer, string value)
    {
        var json = Encoding.UTF8.GetBytes(value);
        if (Bag.IsJson(json))
        {
            writer.WriteRawValue(json, skipInputValidation: true);
        }
        else
        {
            writer.WriteStringValue(value);
        }
    }

    /// <summary>One field of the event.</summary>
    sealed class MetaNode
    {
        /// <summary>Names may hold dots, so a path can have more steps than fields. What is beyond stays one name, which reads as the same path.</summary>
        const int MostSteps = JsonCursor.DeepestLevel - 4;

        public List<FieldNote> Notes { get; } = [];
        public Dictionary<string, MetaNode> Children { get; } = new(StringComparer.Ordinal);

        public MetaNode At(string path)
        {
            var node = this;
            foreach (var step in path.Length > 0 ? path.Split('.', MostSteps) : [])
            {
                // The empty name is the annotation's own, so a field without a name gets a visible one.
                var name = step.Length > 0 ? step : "_";
                if (!node.Children.TryGetValue(name, out var child))
                {
                    node.Children[name] = child = new();
                }
                node = child;
            }
            return node;
        }
    }
}
