using System.Buffers;

namespace Tocsin.Server.Traces.Groups;

/// <summary>Keys of caches and key-value stores, names of queues, files and templates: words with ids between them.</summary>
static class KeyShape
{
    static readonly SearchValues<char> InKeys = SearchValues.Create(":/.-_|,;#[]{}()\"' ");
    static readonly SearchValues<char> InPaths = SearchValues.Create("/\\.-_ ");
    static readonly SearchValues<char> InSentences = SearchValues.Create(" /:.,;()[]{}<>=\"'#?&|");

    /// <summary><c>user:42:cart</c> becomes <c>user:*:cart</c>.</summary>
    public static string OfKey(string key) => Identifiers.Clean(key, InKeys);

    /// <summary><c>/tmp/upload_31337.png</c> becomes <c>/tmp/upload_*.png</c>.</summary>
    public static string OfFile(string path) => Identifiers.Clean(path, InPaths);

    /// <summary>Anything else.</summary>
    public static string OfSentence(string text) => Identifiers.Clean(text, InSentences);

    /// <summary>Redis: the command and its first key; what follows is data. <c>SET user:42 {…}</c> becomes <c>SET user:* *</c>.</summary>
    public static SpanGroup OfCommand(string command)
    {
        var text = command.Trim();
        // Several commands of one pipeline, one to a line: the first stands for them.
        var line = text.IndexOfAny(['\n', '\r']);
        text = line < 0 ? text : text[..line];
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var verb = (space < 0 ? text : text[..space]).Trim('\'', '"').ToUpperInvariant();
        if (space < 0 || verb is "AUTH" or "HELLO")
        {
            // Those name no key but who asks, and how they show it.
            return SpanGroup.Of(verb, action: verb);
        }
        var rest = text[(space + 1)..].TrimStart();
        var end = rest.IndexOf(' ', StringComparison.Ordinal);
        var key = OfKey((end < 0 ? rest : rest[..end]).Trim('\'', '"'));
        return SpanGroup.Of(end < 0 ? $"{verb} {key}" : $"{verb} {key} *", action: verb);
    }
}
