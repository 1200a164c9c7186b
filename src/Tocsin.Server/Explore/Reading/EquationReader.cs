using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore.Reading;

/// <summary><c>count_if(span.status,equals,ok) / count() * 100</c>: sums of products of numbers, fields and functions.</summary>
sealed class EquationReader(ColumnReader reader, string text)
{
    const int MaxLength = 1000;
    const int MaxDepth = 20;

    int position;
    int depth;
    bool anyField;
    bool anyFunction;

    public Column Read(string written)
    {
        Demand(text.Length <= MaxLength, $"it has more than {MaxLength} characters");
        var expression = Sum();
        Demand(IsAtEnd, $"\"{text[position..]}\" is left over");
        Demand(anyField || anyFunction, "it names no field and no function");
        Demand(!(anyField && anyFunction), "fields and functions cannot be mixed");
        return new(written, expression, ColumnType.Number) { IsAggregate = anyFunction };
    }

    bool IsAtEnd
    {
        get
        {
            while (position < text.Length && char.IsWhiteSpace(text[position]))
            {
                position++;
            }
            return position >= text.Length;
        }
    }

    Expression Sum()
    {
        Demand(++depth <= MaxDepth, $"parentheses are nested more than {MaxDepth} deep");
        var sum = Product();
        while (true)
        {
            if (TryTake('+'))
            {
                sum += Product();
            }
            else if (TryTake('-'))
            {
                sum -= Product();
            }
            else
            {
                depth--;
                return sum;
            }
        }
    }

    Expression Product()
    {
        var product = Factor();
        while (true)
        {
            if (TryTake('*'))
            {
                product *= Factor();
            }
            else if (TryTake('/'))
            {
                product /= Factor();
            }
            else
            {
                return product;
            }
        }
    }

    Expression Factor()
    {
        if (TryTake('('))
        {
            var inner = Sum();
            Demand(TryTake(')'), "a parenthesis is not closed");
            return inner;
        }
        Demand(!IsAtEnd, "something is missing at its end");
        var sign = text[position] == '-' ? 1 : 0;
        var start = position;
        position += sign;
        Take(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or ':');
        var word = text[start..position];
        if (ColumnReader.TryNumber(word, out var number))
        {
            return number;
        }
        Demand(word.Length > sign && sign == 0, $"nothing can be read at \"{text[start..]}\"");
        return Named(word);
    }

    Expression Named(string word)
    {
        if (position < text.Length && text[position] is '(' or '[')
        {
            var start = position;
            var close = text[start] == '(' ? ')' : ']';
            var end = Closing(start, close);
            position = end + 1;
            if (close == ')')
            {
                anyFunction = true;
                return Number(reader.Function(word, ArgumentText.Split(text[(start + 1)..end]), word));
            }
            anyField = true;
            return Number(reader.Field(word + text[start..position]));
        }
        anyField = true;
        return Number(reader.Field(word));
    }

    int Closing(int start, char close)
    {
        var quoted = false;
        for (var at = start + 1; at < text.Length; at++)
        {
            quoted ^= text[at] == '"';
            if (text[at] == close && !quoted)
            {
                return at;
            }
        }
        throw Wrong("a parenthesis is not closed");
    }

    Expression Number(Column column) =>
        column.Type.Name is "integer" or "number" or "duration" or "size" or "percentage" or "rate" ? column.Expression
        : column.Expression is Expression.Tag ? new Expression.Number(column.Expression)
        : throw Wrong($"{column.Name} is not a number");

    bool TryTake(char symbol)
    {
        if (IsAtEnd || text[position] != symbol)
        {
            return false;
        }
        position++;
        return true;
    }

    void Take(Func<char, bool> belongs)
    {
        while (position < text.Length && belongs(text[position]))
        {
            position++;
        }
    }

    void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw Wrong(otherwise);
        }
    }

    ExploreMistake Wrong(string why) => new($"Invalid equation \"{text}\": {why}");
}
