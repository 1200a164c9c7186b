using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>Collects what normalisation changed, as the event page shows it. Bounded: a hostile event must not write a book.</summary>
sealed class NoteBook
{
    const int Most = 250;
    const int LongestValue = 1024;

    readonly List<FieldNote> notes = [];

    public bool IsEmpty => notes.Count == 0;
    public IReadOnlyList<FieldNote> Notes => notes;

    public void Add(FieldNote note)
    {
        if (notes.Count < Most)
        {
            notes.Add(note);
        }
    }

    /// <summary>A value that was taken away.</summary>
    public void Dropped(string path, string kind, string? value, string? reason = null) =>
        Add(new(path, kind, value is null ? null : JsonOf(value), Reason: reason));

    /// <summary>A value that was cut; Length is what it had before.</summary>
    public void Cut(string path, long length) => Add(new(path, "", Length: length, Rule: "!limit", Remark: "s"));

    /// <summary>The text within its limit; up to the allowance above it nothing is cut, so that no one loses three words for two letters.</summary>
    public string? Limit(string? text, int limit, string path, int allowance = 0)
    {
        if (text is null || text.Length <= limit + allowance)
        {
            return text;
        }
        Cut(path, text.Length);
        return Errors.Cut.To(text, limit);
    }

    static string JsonOf(string value) =>
        JsonValue.Create(value.Length > LongestValue ? value[..LongestValue] : value).ToJsonString();
}
