using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Shapes;

/// <summary>Notes as the API shows them: a list of errors, and a tree of remarks beside the event.</summary>
static class NoteMapping
{
    /// <summary>Names may hold dots: what is beyond stays one name. Readers of our answers stop at 64 levels, of which values have 16.</summary>
    const int MostSteps = 40;

    static readonly Dictionary<string, string> Sentences = new()
    {
        ["invalid_data"] = "Discarded invalid value",
        ["missing_attribute"] = "Missing value for required attribute",
        ["invalid_attribute"] = "Discarded unknown attribute",
        ["value_too_long"] = "Discarded value due to exceeding length limit",
        ["clock_drift"] = "Clock drift detected in SDK",
        ["past_timestamp"] = "Invalid timestamp (too old)",
        ["future_timestamp"] = "Invalid timestamp (in future)",
    };

    public static ProcessingError Error(FieldNote note)
    {
        var data = Details(note.Reason);
        data["name"] = note.Path;
        data["value"] = note.Value is null ? null : Original(note.Value);
        return new(note.Kind, Sentences.GetValueOrDefault(note.Kind, note.Kind), data);
    }

    /// <summary>A remark on where the event lies, not on one of its fields: the message says it all.</summary>
    public static ProcessingError OfIssue(string message) => new("too_many_issues", message, []);

    /// <summary>Fields are the payload fields of the entries, in their order; their remarks stand under <c>entries</c> by index.</summary>
    public static JsonObject Tree(IReadOnlyList<FieldNote> notes, IReadOnlyList<string> fields)
    {
        var root = new JsonObject();
        foreach (var note in notes)
        {
            var steps = note.Path.Split('.', MostSteps, StringSplitOptions.RemoveEmptyEntries);
            var entry = steps.Length == 0 ? -1 : IndexOf(fields, steps[0]);
            IEnumerable<string> path =
                entry >= 0
                    ? ["entries", entry.ToString(CultureInfo.InvariantCulture), "data", .. steps.Skip(1)]
                    : steps.Select(Public);
            var node = path.Aggregate(root, Child);
            node[""] ??= Remark(note);
        }
        return root;
    }

    static int IndexOf(IReadOnlyList<string> fields, string field)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i] == field)
            {
                return i;
            }
        }
        return -1;
    }

    /// <summary>The API's names for the payload's.</summary>
    static string Public(string field) =>
        field switch
        {
            "extra" => "context",
            "modules" => "packages",
            _ => field,
        };

    static JsonObject Child(JsonObject node, string step)
    {
        if (node[step] is not JsonObject child)
        {
            node[step] = child = [];
        }
        return child;
    }

    static JsonObject Remark(FieldNote note)
    {
        var remark = new JsonObject();
        if (note.Kind.Length > 0)
        {
            remark["err"] = note.Reason is null
                ? new JsonArray(note.Kind)
                : new JsonArray(new JsonArray(note.Kind, Details(note.Reason)));
        }
        if (note.Rule is not null)
        {
            remark["rem"] = new JsonArray(new JsonArray(note.Rule, note.Remark));
        }
        if (note.Length is { } length)
        {
            remark["len"] = length;
        }
        if (note.Value is not null)
        {
            remark["val"] = Original(note.Value);
        }
        return remark;
    }

    /// <summary>Why, in words; or what a clock said, which notes hold as a JSON object.</summary>
    static JsonObject Details(string? reason) =>
        reason is ['{', ..] && Original(reason) is JsonObject details ? details
        : reason is null ? []
        : new() { ["reason"] = reason };

    /// <summary>Notes hold the value as JSON; what was cut by hand is the text it is.</summary>
    static JsonNode? Original(string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return value;
        }
    }
}
