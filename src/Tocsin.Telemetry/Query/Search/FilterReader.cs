namespace Tocsin.Telemetry.Query.Search;

/// <summary>Reads <c>key:value</c> and <c>has:key</c>.</summary>
sealed class FilterReader(SearchText text)
{
    const char Marker = '\uf00d';

    static readonly (string Symbol, SearchOperator Operator)[] Operators =
    [
        (">=", SearchOperator.GreaterOrEqual),
        ("<=", SearchOperator.LessOrEqual),
        ("!=", SearchOperator.NotEqual),
        (">", SearchOperator.Greater),
        ("<", SearchOperator.Less),
        ("=", SearchOperator.Equal),
        ($"{Marker}Contains{Marker}", SearchOperator.Contains),
        ($"{Marker}StartsWith{Marker}", SearchOperator.StartsWith),
        ($"{Marker}EndsWith{Marker}", SearchOperator.EndsWith),
    ];

    /// <summary>Whether a key and its colon are here; nothing is read.</summary>
    public bool IsNext()
    {
        var start = text.Position;
        text.TryTake("!");
        var isNext = Key() is { } key && text.TryTake(":") && !IsAddress(key);
        text.Position = start;
        return isNext;
    }

    /// <summary>Null, and nothing read, where no key is.</summary>
    public SearchTerm? Read()
    {
        var start = text.Position;
        var negated = text.TryTake("!");
        if (Key() is not { } key || !text.TryTake(":") || IsAddress(key))
        {
            text.Position = start;
            return null;
        }
        return key is SearchKey.Named { Text: "has" } ? Has(start, negated) : Match(start, key, negated);
    }

    /// <summary>A web address among the words is no key called https.</summary>
    bool IsAddress(SearchKey key) =>
        key is SearchKey.Named { Text: "http" or "https" } && text.Current == '/' && text.At(text.Position + 1) == '/';

    SearchTerm.Has Has(int start, bool negated)
    {
        var at = text.Position;
        var key = Key();
        if (key is null || !text.EndsTerm(text.Position))
        {
            throw new SearchSyntaxException(new(at, "\"has:\" wants the name of a key."));
        }
        return new(key, negated) { Position = start };
    }

    SearchTerm.Match Match(int start, SearchKey key, bool negated)
    {
        var at = text.Position;
        var comparison = SearchOperator.Equal;
        foreach (var (symbol, candidate) in Operators)
        {
            if (text.TryTake(symbol))
            {
                comparison = candidate;
                break;
            }
        }
        var isText = comparison >= SearchOperator.Contains;
        var list = comparison == SearchOperator.Equal || isText ? List() : null;
        var values = list ?? [Value()];
        if (values is [{ IsEmpty: true, Quoted: false }])
        {
            throw new SearchSyntaxException(new(at, $"\"{key}:\" wants a value; write \"\" for an empty one."));
        }
        return new(key, comparison, values, negated)
        {
            Position = start,
            IsList = list is not null,
            Written = values is [{ Quoted: true }] || isText ? values[0] : new(text.From(at)),
        };
    }

    /// <summary>Null, and nothing read, where the brackets do not hold a list: then they are text.</summary>
    IReadOnlyList<SearchValue>? List()
    {
        var start = text.Position;
        if (!text.TryTake("["))
        {
            return null;
        }
        List<SearchValue> values = [];
        while (true)
        {
            text.SkipSpace();
            var at = text.Position;
            var value = Item();
            text.SkipSpace();
            var closes = text.Current == ']' && text.EndsTerm(text.Position + 1);
            if (value is { IsEmpty: false } or { Quoted: true })
            {
                values.Add(value);
            }
            else if (values.Count > 0 && (closes || text.Current == ','))
            {
                throw new SearchSyntaxException(new(at, "A value is missing in the list."));
            }
            if (closes && values.Count > 0)
            {
                text.Position++;
                return values;
            }
            if (values.Count == 0 || !text.TryTake(","))
            {
                text.Position = start;
                return null;
            }
        }
    }

    SearchValue? Item()
    {
        if (text.Current == '"')
        {
            return text.TakeQuoted() is { } quoted ? new(quoted, Quoted: true) : null;
        }
        var start = text.Position;
        while (!text.IsAtEnd && !char.IsWhiteSpace(text.Current) && text.Current is not (',' or '"'))
        {
            if (text.Current == ']' && (text.EndsTerm(text.Position + 1) || text.At(text.Position + 1) == ','))
            {
                // The outermost bracket closes the list; an inner one belongs to the value.
                if (text.From(start).Count(letter => letter == '[') <= text.From(start).Count(letter => letter == ']'))
                {
                    break;
                }
            }
            text.Position++;
        }
        return new(text.From(start));
    }

    SearchValue Value()
    {
        var start = text.Position;
        if (text.Current == '"')
        {
            var quoted = text.TakeQuoted();
            if (quoted is null)
            {
                throw new SearchSyntaxException(new(start, "A quote is not closed. Write \\\" for a quote within a text."));
            }
            if (text.EndsTerm(text.Position))
            {
                return new(quoted, Quoted: true);
            }
            text.Position = start;
        }
        var opened = 0;
        return new(
            text.TakeWhile(letter =>
            {
                opened += letter == '(' ? 1 : 0;
                return !char.IsWhiteSpace(letter) && (letter != ')' || opened-- > 0);
            })
        );
    }

    /// <summary>Null where no key begins; the place is then undefined.</summary>
    SearchKey? Key()
    {
        if (text.Current == '"')
        {
            return text.TakeQuoted() is { Length: > 0 } quoted ? new SearchKey.Named(quoted) : null;
        }
        var name = text.TakeWhile(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-');
        return (name, text.Current) switch
        {
            ("", _) => null,
            ("tags", '[') => Bracketed() is { } tag ? new SearchKey.Tag(tag.Key, tag.Type) : null,
            ("flags", '[') => Bracketed() is { } flag ? new SearchKey.Flag(flag.Key) : null,
            (_, '(') => Arguments() is { } arguments ? new SearchKey.Function(name, arguments) : null,
            _ => new SearchKey.Named(name),
        };
    }

    (string Key, TagType Type)? Bracketed()
    {
        text.Position++;
        var key = text.TakeQuoted() ?? text.TakeWhile(letter => letter is not (']' or ',' or '"') && !char.IsWhiteSpace(letter));
        TagType? type = TagType.Text;
        if (text.TryTake(","))
        {
            text.SkipSpace();
            type = text.TakeWhile(char.IsAsciiLetter) switch
            {
                "string" => TagType.Text,
                "number" => TagType.Number,
                "boolean" => TagType.Boolean,
                _ => null,
            };
        }
        return key.Length > 0 && type is not null && text.TryTake("]") ? (key, type.Value) : null;
    }

    IReadOnlyList<string>? Arguments()
    {
        text.Position++;
        List<string> arguments = [];
        while (true)
        {
            text.SkipSpace();
            var argument = text.TakeQuoted() ?? text.TakeWhile(letter => letter is not (',' or ')' or '(' or '"')).TrimEnd();
            text.SkipSpace();
            if (argument.Length > 0)
            {
                arguments.Add(argument);
            }
            if (text.TryTake(")"))
            {
                return arguments;
            }
            if (!text.TryTake(","))
            {
                return null;
            }
        }
    }
}
