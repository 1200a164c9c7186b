using System.Globalization;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Shapes;

/// <summary>Notes as the API shows them: a list of errors, and a tree of remarks beside the event.</summary>
static class NoteMapping
{
    /// <summary>Names may hold dots: what is beyond stays one name. Readers of our answers stop at 64 levels.</summary>
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

    public static ProcessingError Error(FieldNote note) =>
        new(
            note.Kind,
            Sentences.GetValueOrDefault(note.Kind, note.Kind),
            new()
            {
                ["name"] = note.Path,
                ["value"] = note.Value,
                ["reason"] = note.Reason,
            }
        );

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
            JsonArray error = note.Reason is null
                ? [note.Kind]
                : [new JsonArray(note.Kind, new JsonObject { ["reason"] = note.Reason })];
            remark["err"] = error;
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
            remark["val"] = note.Value;
        }
        return remark;
    }
}
