using System.Runtime.CompilerServices;
using Tocsin.Server.Projects;
using Tocsin.Server.Scrubbing.Patterns;

namespace Tocsin.Server.Scrubbing;

/// <summary>What a project wants taken out, made ready once for all its events.</summary>
sealed class ScrubRules
{
    static readonly ConditionalWeakTable<ProjectOptions, ScrubRules> Known = [];

    readonly string[] sensitive;
    readonly HashSet<string> safe;

    ScrubRules(ProjectOptions options)
    {
        UsesDefaults = options is { DataScrubber: true, DataScrubberDefaults: true };
        ScrubsAddresses = options.ScrubIPAddresses;
        sensitive = options.DataScrubber ? [.. options.SensitiveFields.Where(field => !string.IsNullOrWhiteSpace(field))] : [];
        safe = new(options.SafeFields, StringComparer.OrdinalIgnoreCase);
        Patterns = UsesDefaults ? TextPatterns.Filter : [];
        Prose = UsesDefaults ? TextPatterns.FilterInProse : [];
        Replacements = UsesDefaults ? TextPatterns.Replace : [];
        ErrorReplacements = UsesDefaults ? TextPatterns.ReplaceInErrors : [];
        if (ScrubsAddresses)
        {
            Patterns = [.. Patterns, TextPatterns.Address];
            Prose = [.. Prose, TextPatterns.Address];
            Replacements = [.. Replacements, TextPatterns.Address];
            ErrorReplacements = [.. ErrorReplacements, TextPatterns.Address];
        }
        Triggers = Patterns.Aggregate(TextTraits.None, (triggers, pattern) => triggers | pattern.Triggers);
    }

    /// <summary>Whether the rules that need no configuration apply.</summary>
    public bool UsesDefaults { get; }
    public bool ScrubsAddresses { get; }
    public bool IsOff => !UsesDefaults && !ScrubsAddresses && sensitive.Length == 0;

    /// <summary>For free text: the found part becomes <c>[Filtered]</c>.</summary>
    public TextPattern[] Patterns { get; }

    /// <summary>What a text shows in which one of <see cref="Patterns"/> may find something.</summary>
    public TextTraits Triggers { get; }

    /// <summary>The same and values with a secret's name before them, for sentences.</summary>
    public TextPattern[] Prose { get; }

    /// <summary>For messages, where a person must still be able to read the rest: <c>[email]</c>, <c>[creditcard]</c>…</summary>
    public TextPattern[] Replacements { get; }

    /// <summary>The same for an exception's text, but without e-mail addresses: there they name the cause more often than a person.</summary>
    public TextPattern[] ErrorReplacements { get; }

    public static ScrubRules For(ProjectOptions options) => Known.GetValue(options, static options => new(options));

    /// <summary>A name whose value stays as it is, with all below it.</summary>
    public bool IsSafe(string key) => safe.Count > 0 && safe.Contains(key);

    /// <summary>Whether there are such names.</summary>
    public bool KnowsSafe => safe.Count > 0;

    /// <summary>The rule by which a value of this name goes as a whole; null: it may stay.</summary>
    public string? RuleOfKey(ReadOnlySpan<char> key) =>
        UsesDefaults && SensitiveWords.InKey(key) ? SensitiveWords.Rule
        : IsSensitive(key) ? "strip-fields"
        : null;

    /// <summary>The rule by which a text goes as a whole, for what stands in it.</summary>
    public string? RuleOfText(ReadOnlySpan<char> text) =>
        UsesDefaults && SensitiveWords.InText(text) ? SensitiveWords.Rule
        : IsSensitive(text) ? "strip-fields"
        : null;

    bool IsSensitive(ReadOnlySpan<char> text)
    {
        foreach (var field in sensitive)
        {
            if (text.Contains(field, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }
        return false;
    }
}
