using System.Diagnostics.CodeAnalysis;

namespace Tocsin.Telemetry.Query.Search;

/// <summary>
/// Reads Sentry's search syntax. Never throws: what cannot be read is an error with its place. AND binds stronger than OR, terms side by side
/// are joined by AND, and a parenthesis without its partner is text.
/// </summary>
public sealed class SearchParser
{
    public const int MaxLength = 10_000;
    const int MaxDepth = 50;

    readonly SearchText text;
    readonly FilterReader filters;

    /// <summary>Opening parentheses that are text: asked once each, or nested ones would be read again for every level.</summary>
    readonly HashSet<int> unclosed = [];
    int depth;

    SearchParser(string text)
    {
        this.text = new(text);
        filters = new(this.text);
    }

    /// <summary>An empty text asks for everything.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out SearchTerm? term,
        [NotNullWhen(false)] out SearchError? error
    )
    {
        term = null;
        if (text.Length > MaxLength)
        {
            error = new(MaxLength, $"A search has at most {MaxLength} characters.");
            return false;
        }
        try
        {
            term = new SearchParser(text).Whole();
            error = null;
            return true;
        }
        catch (SearchSyntaxException syntax)
        {
            error = syntax.Error;
            return false;
        }
    }

    SearchTerm Whole()
    {
        List<SearchTerm> parts = [];
        while (true)
        {
            parts.Add(Alternatives());
            if (text.IsAtEnd)
            {
                return Join(parts, 0, all => new SearchTerm.And(all));
            }
            // A closing parenthesis that nothing opened.
            parts.Add(new SearchTerm.Words(new(text.From(text.Position++))) { Position = text.Position - 1 });
        }
    }

    SearchTerm Alternatives()
    {
        List<SearchTerm> parts = [];
        var start = text.Position;
        while (true)
        {
            parts.Add(Conjunction(parts.Count > 0));
            if (text.Conjunction() != "OR")
            {
                return Join(parts, start, any => new SearchTerm.Or(any));
            }
            text.Position += "OR".Length;
        }
    }

    SearchTerm Conjunction(bool afterOr)
    {
        List<SearchTerm> parts = [];
        text.SkipSpace();
        var start = text.Position;
        var expected = afterOr ? "OR" : null;
        while (true)
        {
            text.SkipSpace();
            var at = text.Position;
            var word = text.IsAtEnd || text.Current == ')' ? null : text.Conjunction();
            if (text.IsAtEnd || text.Current == ')' || word == "OR")
            {
                Demand(expected is null, at, $"Something is missing after \"{expected}\".");
                Demand(word is null || parts.Count > 0, at, "Something is missing before \"OR\".");
                return Join(parts, start, all => new SearchTerm.And(all));
            }
            if (word == "AND")
            {
                Demand(parts.Count > 0 && expected is null, at, "Something is missing before \"AND\".");
                text.Position += word.Length;
                expected = word;
                continue;
            }
            parts.Add(Term());
            expected = null;
        }
    }

    SearchTerm Term() =>
        text.Current == '(' && Group() is { } group ? group
        : filters.Read() is { } filter ? filter
        : Words();

    /// <summary>Null, and nothing read, where no parenthesis closes it.</summary>
    SearchTerm? Group()
    {
        var start = text.Position;
        if (unclosed.Contains(start))
        {
            return null;
        }
        Demand(++depth <= MaxDepth, start, $"Parentheses are nested more than {MaxDepth} deep.");
        text.Position++;
        var inner = Alternatives();
        depth--;
        if (text.TryTake(")"))
        {
            return inner;
        }
        unclosed.Add(start);
        text.Position = start;
        return null;
    }

    SearchTerm.Words Words()
    {
        var start = text.Position;
        if (text.Current == '"')
        {
            var quoted = text.TakeQuoted();
            Demand(quoted is not null, start, "A quote is not closed. Write \\\" for a quote within a text.");
            return new(new(quoted!, Quoted: true)) { Position = start };
        }
        var end = start;
        do
        {
            var opened = 0;
            text.TakeWhile(letter =>
            {
                opened += letter == '(' ? 1 : 0;
                return !char.IsWhiteSpace(letter) && letter != '"' && (letter != ')' || opened-- > 0);
            });
            end = Math.Max(text.Position, start + 1);
            text.Position = end;
            text.SkipSpace();
        } while (!text.IsAtEnd && text.Current is not (')' or '(' or '"') && text.Conjunction() is null && !filters.IsNext());
        text.Position = end;
        return new(new(text.From(start))) { Position = start };
    }

    static SearchTerm Join(List<SearchTerm> parts, int position, Func<IReadOnlyList<SearchTerm>, SearchTerm> join)
    {
        IReadOnlyList<SearchTerm> asking = [.. parts.Where(part => part is not SearchTerm.And { Parts.Count: 0 })];
        return asking switch
        {
            [] => new SearchTerm.And([]) { Position = position },
            [var only] => only,
            _ => join(asking) with { Position = position },
        };
    }

    static void Demand(bool holds, int position, string otherwise)
    {
        if (!holds)
        {
            throw new SearchSyntaxException(new(position, otherwise));
        }
    }
}
