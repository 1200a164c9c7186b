using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Server.Scrubbing.Patterns;

namespace Tocsin.Server.Scrubbing;

/// <summary>
/// One event's scrubbing: knows the rules, where in the event it stands, and what it found. Every method gives back the very object it was
/// given when there is nothing to take out, so a clean event is not copied.
/// </summary>
sealed class ScrubPass(ScrubRules rules)
{
    public const string Filtered = "[Filtered]";

    /// <summary>An event of nothing but secrets must not become one of nothing but notes.</summary>
    const int MostNotes = 250;

    /// <summary>A name may be as long as the event, and stands in the path of every note below it.</summary>
    const int LongestPath = 1024;

    readonly List<string> path = [];
    List<FieldNote>? notes;

    public ScrubRules Rules => rules;
    public IReadOnlyList<FieldNote> Notes => notes ?? [];

    public T Under<T>(string name, T value, Func<T, T> scrub)
    {
        path.Add(name);
        var scrubbed = scrub(value);
        path.RemoveAt(path.Count - 1);
        return scrubbed;
    }

    public IReadOnlyList<T> Each<T>(IReadOnlyList<T> list, Func<T, T> scrub)
        where T : class
    {
        T[]? changed = null;
        for (var i = 0; i < list.Count; i++)
        {
            path.Add(Index(i));
            var now = scrub(list[i]);
            path.RemoveAt(path.Count - 1);
            if (changed is null && !ReferenceEquals(now, list[i]))
            {
                changed = [.. list];
            }
            if (changed is not null)
            {
                changed[i] = now;
            }
        }
        return changed ?? list;
    }

    /// <summary>A text that has a name: the name may make it secret as a whole, or the text itself; else its parts are looked at.</summary>
    public string? Named(string name, string? text)
    {
        if (string.IsNullOrEmpty(text) || rules.IsSafe(name))
        {
            return text;
        }
        if ((rules.RuleOfKey(name) ?? rules.RuleOfText(text)) is { } rule)
        {
            return Whole(name, text, rule);
        }
        return Parts(name, text, rules.Patterns);
    }

    /// <summary>A text of which only found parts go: paths, names, source lines.</summary>
    public string? Plain(string name, string? text) => string.IsNullOrEmpty(text) ? text : Parts(name, text, rules.Patterns);

    /// <summary>A sentence beside the matter.</summary>
    public string? Prose(string name, string? text) => string.IsNullOrEmpty(text) ? text : Parts(name, text, rules.Prose);

    /// <summary>A message for people.</summary>
    public string? Message(string name, string? text) =>
        string.IsNullOrEmpty(text) ? text : Parts(name, text, rules.Replacements);

    /// <summary>What an exception says.</summary>
    public string? Error(string name, string? text) =>
        string.IsNullOrEmpty(text) ? text : Parts(name, text, rules.ErrorReplacements);

    public string Removed(string name, string text, string rule) => Whole(name, text, rule);

    public JsonObject? Bag(string name, JsonObject? bag) => (JsonObject?)Node(name, bag);

    public RawBag? Bag(string name, RawBag? bag)
    {
        if (bag is null || rules.IsSafe(name) || !BagLook.MayHoldSecret(bag.Text.Span, rules))
        {
            return bag;
        }
        var tree = bag.ToObject();
        var scrubbed = Bag(name, tree);
        return ReferenceEquals(scrubbed, tree) ? bag : RawBag.Of(scrubbed);
    }

    /// <summary>Free-form JSON under a name.</summary>
    public JsonNode? Node(string name, JsonNode? node)
    {
        if (node is null || rules.IsSafe(name))
        {
            return node;
        }
        path.Add(name);
        var scrubbed = Inside(node, name);
        path.RemoveAt(path.Count - 1);
        return scrubbed;
    }

    JsonNode Inside(JsonNode node, string name) =>
        node switch
        {
            JsonObject bag => Object(bag, name.Equals("cookies", StringComparison.OrdinalIgnoreCase)),
            JsonArray list => Array(list),
            _ => Scalar(node.AsValue()),
        };

    JsonObject Object(JsonObject bag, bool areCookies)
    {
        JsonObject? changed = null;
        // By index: an enumerator would be an object for each bag.
        for (var i = 0; i < bag.Count; i++)
        {
            var (name, value) = bag.GetAt(i);
            if (value is null || rules.IsSafe(name))
            {
                continue;
            }
            path.Add(name);
            var scrubbed = Value(name, value, areCookies);
            path.RemoveAt(path.Count - 1);
            if (!ReferenceEquals(scrubbed, value))
            {
                changed ??= (JsonObject)bag.DeepClone();
                changed[name] = scrubbed;
            }
        }
        return changed ?? bag;
    }

    JsonNode Value(string name, JsonNode value, bool areCookies)
    {
        var rule =
            areCookies && rules.UsesDefaults && SessionCookies.Contains(name) ? SessionCookies.Rule : rules.RuleOfKey(name);
        if (rule is null || IsHarmless(value))
        {
            return IsId(name, value) ? value : Inside(value, name);
        }
        Note(rule, value is JsonValue scalar && scalar.TryGetValue(out string? text) ? text.Length : null);
        return JsonValue.Create(Filtered);
    }

    // "has_password": true tells no password; neither does one that is missing, or was taken out before.
    static bool IsHarmless(JsonNode value) =>
        value is JsonValue scalar
        && (scalar.TryGetValue(out bool _) || (scalar.TryGetValue(out string? text) && text is "" or Filtered));

    // A span id of sixteen decimal digits is no card, though it looks like one.
    static bool IsId(string name, JsonNode value) =>
        name is "trace_id" or "span_id" or "parent_span_id" or "replay_id" or "profiler_id" or "event_id"
        && value is JsonValue scalar
        && scalar.TryGetValue(out string? text)
        && text.Length is 16 or 32 or 36
        && text.All(c => char.IsAsciiHexDigit(c) || c == '-');

    JsonArray Array(JsonArray list)
    {
        JsonArray? changed = null;
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is not { } value)
            {
                continue;
            }
            path.Add(Index(i));
            var scrubbed = Inside(value, "");
            path.RemoveAt(path.Count - 1);
            if (!ReferenceEquals(scrubbed, value))
            {
                changed ??= (JsonArray)list.DeepClone();
                changed[i] = scrubbed;
            }
        }
        return changed ?? list;
    }

    JsonValue Scalar(JsonValue value)
    {
        // Not TryGetValue, which is looked up anew for each type it is asked for.
        if (value.GetValueKind() == JsonValueKind.String)
        {
            var text = value.ToString();
            if (text.Length == 0)
            {
                return value;
            }
            var scrubbed = rules.RuleOfText(text) is { } rule ? Whole(null, text, rule) : Parts(null, text, rules.Patterns);
            return ReferenceEquals(scrubbed, text) ? value : JsonValue.Create(scrubbed);
        }
        // A card's number without quotes.
        if (value.TryGetValue(out long number) && number >= 100_000_000_000_000)
        {
            var digits = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var scrubbed = Parts(null, digits, rules.Patterns);
            return ReferenceEquals(scrubbed, digits) ? value : JsonValue.Create(scrubbed);
        }
        return value;
    }

    string Whole(string? name, string text, string rule)
    {
        if (text == Filtered)
        {
            return text;
        }
        Note(name, rule, text.Length);
        return Filtered;
    }

    string Parts(string? name, string text, TextPattern[] patterns)
    {
        if (patterns.Length == 0)
        {
            return text;
        }
        var traits = TextLook.At(text);
        if (traits == TextTraits.None)
        {
            return text;
        }
        var scrubbed = text;
        foreach (var pattern in patterns)
        {
            if ((pattern.Triggers & traits) == 0)
            {
                continue;
            }
            var now = pattern.Apply(scrubbed);
            if (!ReferenceEquals(now, scrubbed))
            {
                Note(name, pattern.Rule, text.Length);
                scrubbed = now;
            }
        }
        return scrubbed;
    }

    void Note(string rule, long? length) => Note(null, rule, length);

    void Note(string? name, string rule, long? length)
    {
        notes ??= [];
        if (notes.Count == MostNotes)
        {
            return;
        }
        var path = string.Join('.', name is null ? this.path : [.. this.path, name]);
        notes.Add(new(path.Length <= LongestPath ? path : path[..LongestPath], "", Length: length, Rule: rule, Remark: "s"));
    }

    static readonly string[] Indices =
    [
        .. Enumerable.Range(0, 256).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)),
    ];

    static string Index(int i) => i < Indices.Length ? Indices[i] : i.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
