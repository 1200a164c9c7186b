using System.Globalization;

namespace Tocsin.Server.Errors.InApp;

/// <summary>Reads stack trace rules, one per line. A line that is no rule is left out and named in Errors: one typo must not cost the others.</summary>
static class StackRuleParser
{
    public static (IReadOnlyList<StackRule> Rules, IReadOnlyList<string> Errors) Parse(string text)
    {
        var rules = new List<StackRule>();
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
            if (TryParse(trimmed, out var rule, out var error))
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

    static bool TryParse(string line, out StackRule rule, out string error)
    {
        rule = null!;
        error = "";
        List<FrameMatcher> matchers = [];
        List<FrameMatcher> caller = [];
        List<FrameMatcher> callee = [];
        List<StackAction> actions = [];
        List<FrameMatcher>? bracket = null;
        foreach (var word in RuleWords.Split(line))
        {
            if (word == "[")
            {
                bracket = [];
            }
            else if (word == "]")
            {
                if (bracket is null)
                {
                    error = "a bracket closes that was not opened";
                    return false;
                }
                (matchers.Count == 0 ? caller : callee).AddRange(bracket);
                bracket = null;
            }
            else if (word == "|")
            {
                continue;
            }
            else if (ReadMatcher(word) is { } matcher)
            {
                (bracket ?? matchers).Add(matcher);
            }
            else if (ReadAction(word) is { } action)
            {
                actions.Add(action);
            }
            else
            {
                error = $"'{word}' is neither a matcher nor an action";
                return false;
            }
        }
        if (matchers.Count == 0 || actions.Count == 0)
        {
            error = "a rule needs a matcher and an action";
            return false;
        }
        rule = new(line, matchers, caller, callee, actions);
        return true;
    }

    static FrameMatcher? ReadMatcher(string word)
    {
        var negated = word.StartsWith('!');
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return null;
        }
        FrameField? field = word[(negated ? 1 : 0)..colon] switch
        {
            "family" => FrameField.Family,
            "path" or "stack.abs_path" => FrameField.Path,
            "package" or "stack.package" => FrameField.Package,
            "module" or "stack.module" => FrameField.Module,
            "function" or "stack.function" => FrameField.Function,
            "category" => FrameField.Category,
            "app" => FrameField.App,
            "type" or "error.type" => FrameField.Type,
            "value" or "error.value" => FrameField.Value,
            "mechanism" or "error.mechanism" => FrameField.Mechanism,
            _ => null,
        };
        return field is null ? null : new(field.Value, RuleWords.Unquote(word[(colon + 1)..]), negated);
    }

    static StackAction? ReadAction(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0)
        {
            return ReadVariable(word[..equals], RuleWords.Unquote(word[(equals + 1)..]));
        }
        var reach = word[0] switch
        {
            '^' => Reach.Older,
            'v' => Reach.Newer,
            _ => Reach.Frame,
        };
        return (reach == Reach.Frame ? word : word[1..]) switch
        {
            "+app" => new StackAction.Flag(true, true, reach),
            "-app" => new StackAction.Flag(true, false, reach),
            "+group" => new StackAction.Flag(false, true, reach),
            "-group" => new StackAction.Flag(false, false, reach),
            _ => null,
        };
    }

    static StackAction? ReadVariable(string name, string value)
    {
        if (name == "category")
        {
            return new StackAction.Category(value);
        }
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }
        return name switch
        {
            "max-frames" => new StackAction.MaxFrames(number),
            "min-frames" => new StackAction.MinFrames(number),
            "invert-stacktrace" => new StackAction.Invert(number != 0),
            _ => null,
        };
    }
}
