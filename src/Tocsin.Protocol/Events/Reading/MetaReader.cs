using System.Text;
using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Reading;

/// <summary>
/// <c>_meta</c>, the tree beside the event in which clients say what they shortened or took away. A node's own annotation
/// stands under the empty name: <c>{"rem": [[rule, remark]], "err": [kind, [kind, {…}]], "len": 1000, "val": …}</c>.
/// </summary>
static class MetaReader
{
    const string Root = "_meta.";

    public static void Read(ref JsonCursor cursor, FieldNotes notes)
    {
        if (cursor.Token != JsonTokenType.StartObject || cursor.Depth >= JsonCursor.DeepestLevel)
        {
            cursor.Skip();
            return;
        }
        cursor.Open();
        while (cursor.NextProperty())
        {
            if (cursor.Name.IsEmpty)
            {
                ReadAnnotation(ref cursor, notes);
            }
            else
            {
                Read(ref cursor, notes);
            }
        }
    }

    /// <summary>Length and value belong to the node; they go to its first note.</summary>
    static void ReadAnnotation(ref JsonCursor cursor, FieldNotes notes)
    {
        if (cursor.Token != JsonTokenType.StartObject)
        {
            cursor.Skip();
            return;
        }
        var path = cursor.Path();
        path = path[Math.Min(Root.Length, path.Length)..];
        path = path.EndsWith('.') ? path[..^1] : path;
        List<FieldNote> errors = [];
        List<FieldNote> remarks = [];
        long? length = null;
        string? value = null;
        cursor.Open();
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "err" when cursor.Token == JsonTokenType.StartArray:
                    cursor.Open();
                    while (cursor.NextElement())
                    {
                        errors.Add(ReadError(ref cursor, path));
                    }
                    break;
                case "rem" when cursor.Token == JsonTokenType.StartArray:
                    cursor.Open();
                    while (cursor.NextElement())
                    {
                        remarks.Add(ReadRemark(ref cursor, path));
                    }
                    break;
                case "len":
                    length = cursor.Integer();
                    break;
                case "val":
                    value = cursor.IsNull ? null : Encoding.UTF8.GetString(cursor.Raw());
                    break;
                default:
                    cursor.Skip();
                    break;
            }
        }
        List<FieldNote> found = [.. errors, .. remarks];
        if (found.Count == 0 && (length is not null || value is not null))
        {
            found.Add(new(path, ""));
        }
        for (var i = 0; i < found.Count; i++)
        {
            notes.Add(i == 0 ? found[i] with { Length = length, Value = value } : found[i]);
        }
    }

    static FieldNote ReadError(ref JsonCursor cursor, string path)
    {
        if (cursor.Token != JsonTokenType.StartArray)
        {
            return new(path, cursor.AnyText() ?? "");
        }
        var error = new FieldNote(path, "");
        var index = 0;
        cursor.Open();
        while (cursor.NextElement())
        {
            error = index++ switch
            {
                0 => error with { Kind = cursor.AnyText() ?? "" },
                1 => error with { Reason = ReadReason(ref cursor) },
                _ => cursor.Skip(error),
            };
        }
        return error;
    }

    /// <summary>Details beside the reason are few and differ by kind (<c>sdk_time</c>, <c>server_time</c>): kept as JSON.</summary>
    static string? ReadReason(ref JsonCursor cursor)
    {
        if (cursor.Token != JsonTokenType.StartObject)
        {
            return cursor.AnyText();
        }
        var details = cursor.Object()!;
        return details is { Count: 1 } && details["reason"] is { } reason && reason.GetValueKind() == JsonValueKind.String
            ? reason.GetValue<string>()
            : details.ToJsonString();
    }

    static FieldNote ReadRemark(ref JsonCursor cursor, string path)
    {
        if (cursor.Token != JsonTokenType.StartArray)
        {
            return new(path, "", Rule: cursor.AnyText());
        }
        var remark = new FieldNote(path, "");
        var index = 0;
        cursor.Open();
        while (cursor.NextElement())
        {
            remark = index++ switch
            {
                0 => remark with { Rule = cursor.AnyText() },
                1 => remark with { Remark = cursor.AnyText() },
                _ => cursor.Skip(remark),
            };
        }
        return remark;
    }
}
