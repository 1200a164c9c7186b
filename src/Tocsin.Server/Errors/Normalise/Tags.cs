using System.Buffers;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>
/// Tags by which people search: short, of one line, at most 100. A value that is none of that keeps its key with no value, so that the page
/// shows something is missing. Names that are the server's own are taken out.
/// </summary>
static class Tags
{
    const int Most = 100;
    const int LongestKey = 200;
    const int LongestValue = 200;

    static readonly SearchValues<char> KeyCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:-"
    );

    public static ErrorEvent Apply(ErrorEvent e, Circumstances around, NoteBook notes)
    {
        var tags = new List<EventTag>(Math.Min(e.Tags.Count + 2, Most));
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tag in Moved(e))
        {
            var key = Key(tag.Key, notes);
            if (key is null || IsReserved(key) || tag.Value?.AsSpan().Trim().IsEmpty == true || !keys.Add(key))
            {
                continue;
            }
            if (tags.Count < Most)
            {
                tags.Add(new(key, Value(key, tag.Value, notes)));
            }
        }
        if (keys.Count > Most)
        {
            notes.Add(new("tags", "value_too_long", Length: keys.Count, Reason: $"only {Most} tags are kept"));
        }
        return e with { Tags = tags, ServerName = null, Site = null };
    }

    /// <summary>The tags as sent, then the attributes that became tags.</summary>
    static IEnumerable<EventTag> Moved(ErrorEvent e)
    {
        // Before the rest, so that neither the cap nor a tag of the same name loses them.
        if (Names.NotEmpty(e.ServerName?.Trim()) is { } server)
        {
            yield return new("server_name", server);
        }
        if (Names.NotEmpty(e.Site?.Trim()) is { } site)
        {
            yield return new("site", site);
        }
        foreach (var tag in e.Tags)
        {
            yield return tag;
        }
    }

    static string? Key(string key, NoteBook notes)
    {
        key = key.Trim();
        // Spaces are what people type; old servers bend them too.
        key = key.Contains(' ', StringComparison.Ordinal) ? key.Replace(' ', '-') : key;
        if (key.Length == 0)
        {
            return null;
        }
        if (key.Length > LongestKey || key.AsSpan().ContainsAnyExcept(KeyCharacters))
        {
            var kind = key.Length > LongestKey ? "value_too_long" : "invalid_data";
            notes.Dropped("tags", kind, key, "a tag's key has at most 200 letters, digits, '_', '.', ':' and '-'");
            return null;
        }
        return key;
    }

    static string? Value(string key, string? value, NoteBook notes)
    {
        value = value?.Trim();
        if (value is null)
        {
            return null;
        }
        var limit = key == "server_name" ? 256 : LongestValue;
        if (value.Length > limit)
        {
            notes.Dropped("tags." + key, "value_too_long", value, $"longer than {limit} characters");
            return null;
        }
        if (value.AsSpan().ContainsAny('\r', '\n'))
        {
            notes.Dropped("tags." + key, "invalid_data", value, "a tag's value has one line");
            return null;
        }
        return value;
    }

    static bool IsReserved(string key) =>
        key is "release" or "dist" or "user" or "filename" or "function" or "environment" or "device.class";
}
