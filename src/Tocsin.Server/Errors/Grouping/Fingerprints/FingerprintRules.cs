using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.InApp;

namespace Tocsin.Server.Errors.Grouping.Fingerprints;

/// <summary>A project's fingerprint rules, then the built-in ones. The first that matches wins.</summary>
sealed class FingerprintRules
{
    // Errors whose text or place differs although the cause is one.
    const string BuiltInText = """
        family:javascript type:ChunkLoadError -> chunkloaderror
        family:javascript value:"ChunkLoadError*" -> chunkloaderror
        family:javascript value:"*Loading chunk * failed*" -> chunkloaderror
        family:javascript value:"*Failed to fetch dynamically imported module*" -> chunkloaderror
        family:javascript value:"*Minified React error #418*" -> hydrationerror, {{ tags.transaction }}
        family:javascript value:"*Minified React error #419*" -> hydrationerror, {{ tags.transaction }}
        family:javascript value:"*Minified React error #423*" -> hydrationerror, {{ tags.transaction }}
        family:javascript value:"*Minified React error #425*" -> hydrationerror, {{ tags.transaction }}
        family:javascript value:"Hydration failed because*" -> hydrationerror, {{ tags.transaction }}
        family:javascript value:"*Text content does not match server-rendered HTML*" -> hydrationerror, {{ tags.transaction }}
        family:javascript value:"There was an error while hydrating*" -> hydrationerror, {{ tags.transaction }}
        """;

    static readonly IReadOnlyList<FingerprintRule> BuiltIn = Parse(BuiltInText).Rules;

    readonly IReadOnlyList<FingerprintRule> project;

    FingerprintRules(IReadOnlyList<FingerprintRule> project, IReadOnlyList<string> errors)
    {
        this.project = project;
        Errors = errors;
    }

    public static FingerprintRules Default { get; } = new([], []);

    static readonly RuleTexts<FingerprintRules> Known = new(Default, Read);

    /// <summary>Lines that could not be read; the others work.</summary>
    public IReadOnlyList<string> Errors { get; }

    public static FingerprintRules For(string projectRules) => Known.Find(projectRules);

    static FingerprintRules Read(string text)
    {
        var (rules, errors) = Parse(text);
        return new(rules, errors);
    }

    /// <summary>A project's rule overrides the client's fingerprint; a built-in rule steps back behind it.</summary>
    public FingerprintRule? Find(ErrorEvent e)
    {
        if (project.Count == 0 && e.Exceptions.Count == 0)
        {
            return null;
        }
        var subject = new FingerprintSubject(e);
        return project.FirstOrDefault(rule => rule.Matches(subject))
            ?? (e.Fingerprint is null or [] ? BuiltIn.FirstOrDefault(rule => rule.Matches(subject)) : null);
    }

    static (IReadOnlyList<FingerprintRule> Rules, IReadOnlyList<string> Errors) Parse(string text)
    {
        var rules = new List<FingerprintRule>();
        var errors = new List<string>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var trimmed = line.Trim();
            if (trimmed.Length == 0 || trimmed[0] == '#')
            {
                continue;
            }
            if (ParseLine(trimmed, out var error) is { } rule)
            {
                rules.Add(rule);
            }
            else
            {
                errors.Add($"line {number}: {error}");
            }
        }
        return (rules, errors);
    }

    static FingerprintRule? ParseLine(string line, out string error)
    {
        var arrow = line.IndexOf("->", StringComparison.Ordinal);
        error = "a rule is 'matcher:pattern -> value'";
        if (arrow < 0)
        {
            return null;
        }
        var matchers = new List<FingerprintMatcher>();
        foreach (var word in RuleWords.Split(line[..arrow]))
        {
            var negated = word.StartsWith('!');
            var colon = word.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? word : word[(negated ? 1 : 0)..colon];
            if (colon < 0 || FingerprintMatcher.Create(name, RuleWords.Unquote(word[(colon + 1)..]), negated) is not { } matcher)
            {
                error = $"'{word}' is no matcher";
                return null;
            }
            matchers.Add(matcher);
        }
        var (values, title) = FingerprintValues.Parse(line[(arrow + 2)..]);
        return matchers.Count == 0 || values.Count == 0 ? null : new(line, matchers, values, title);
    }
}
