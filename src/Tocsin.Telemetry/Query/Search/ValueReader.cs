namespace Tocsin.Telemetry.Query.Search;

/// <summary>Reads a term's values as the type of its key.</summary>
sealed class ValueReader(SearchTerm.Match match, Expression left, DateTimeOffset now)
{
    public Filter ForField(DatasetField field) =>
        field.Type switch
        {
            FieldType.Text => ForText(),
            FieldType.Names => ForNames(),
            FieldType.Time => Any(Time),
            FieldType.Boolean => Any(value => Compare(Boolean(value))),
            FieldType.Number or FieldType.Real => Any(value => Compare(Number(value))),
            FieldType.Duration => Any(value => Compare(Duration(value))),
            _ => Any(value => Compare(Id(field, value))),
        };

    /// <summary>In whatever unit the client measured; most often milliseconds.</summary>
    public Filter ForMeasurement() => Any(value => Compare(Duration(value)));

    public Filter ForTag(TagType type) =>
        type switch
        {
            TagType.Number => Any(value => Compare(Number(value))),
            TagType.Boolean => Any(value => Compare(Boolean(value) ? "true" : "false")),
            _ => ForText(),
        };

    public Filter ForText()
    {
        if (match.Operator >= SearchOperator.Contains)
        {
            return Any(value => new Filter.Like(left, Surround(value.Pattern)));
        }
        // A text knows no order: what looks like an operator is part of it.
        var values = match.IsList ? match.Values : [match.Written];
        return values.Count > 1 && !values.Any(value => value.IsPattern)
            ? new Filter.In(left, [.. values.Select(value => (object)value.Literal)])
            : AnyOf([.. values.Select(Equal)]);
    }

    Filter Equal(SearchValue value) =>
        value.IsEmpty ? new Filter.Not(new Filter.And([new Filter.Has(left), new Filter.Compare(left, Comparison.NotEqual, "")]))
        : value.IsPattern ? new Filter.Like(left, value.Pattern)
        : new Filter.Compare(left, Comparison.Equal, value.Literal);

    /// <summary>One of several names is meant, without regard to case.</summary>
    Filter ForNames() => AnyOf([.. match.Texts.Select(Among)]);

    Filter Among(SearchValue value) =>
        value.IsEmpty
            ? new Filter.Not(new Filter.Has(left))
            : new Filter.Among(left, match.Operator >= SearchOperator.Contains ? Surround(value.Pattern) : value.Pattern);

    string Surround(string pattern) =>
        match.Operator switch
        {
            SearchOperator.StartsWith => pattern + "*",
            SearchOperator.EndsWith => "*" + pattern,
            _ => $"*{pattern}*",
        };

    Filter Compare(object value) => new Filter.Compare(left, Sign, value);

    Comparison Sign =>
        match.Operator switch
        {
            SearchOperator.NotEqual => Comparison.NotEqual,
            SearchOperator.Less => Comparison.Less,
            SearchOperator.LessOrEqual => Comparison.LessOrEqual,
            SearchOperator.Greater => Comparison.Greater,
            SearchOperator.GreaterOrEqual => Comparison.GreaterOrEqual,
            SearchOperator.Equal => Comparison.Equal,
            _ => throw Refused("texts only can be searched by their parts"),
        };

    Filter Any(Func<SearchValue, Filter> read) => AnyOf([.. match.Values.Select(read)]);

    static Filter AnyOf(IReadOnlyList<Filter> parts) => parts is [var only] ? only : new Filter.Or(parts);

    object Number(SearchValue value) =>
        !value.TryNumber(out var number) ? throw Refused($"\"{value.Text}\" is not a number")
        : double.IsInteger(number) && Math.Abs(number) < 1L << 53 ? (long)number
        : number;

    /// <summary>Milliseconds where no unit is written.</summary>
    double Duration(SearchValue value) =>
        value.TryDuration(out var duration) ? duration.TotalMilliseconds
        : value.TryNumber(out var number) ? number
        : throw Refused($"\"{value.Text}\" is no duration; write 300ms, 1.5s or 2m");

    bool Boolean(SearchValue value) =>
        value.TryBoolean(out var truth) ? truth : throw Refused($"\"{value.Text}\" is none of true, false, 1 and 0");

    object Id(DatasetField field, SearchValue value)
    {
        try
        {
            return field.Coerce(value.Text);
        }
        catch (TelemetryQueryException)
        {
            throw Refused($"\"{value.Text}\" is not an id");
        }
    }

    /// <summary><c>-24h</c> means since then, <c>+24h</c> before then; a date without an operator means the whole of it.</summary>
    Filter Time(SearchValue value)
    {
        if (value.TryAge(out var age))
        {
            var then = Then(age);
            return match.Operator == SearchOperator.Equal
                ? new Filter.Compare(left, age < TimeSpan.Zero ? Comparison.GreaterOrEqual : Comparison.LessOrEqual, then)
                : new Filter.Compare(left, Sign, then);
        }
        if (!value.TryTime(out var from, out var to))
        {
            throw Refused($"\"{value.Text}\" is not a time; write 2024-01-31, 2024-01-31T12:00:00 or -24h");
        }
        Filter since = new Filter.Compare(left, Comparison.GreaterOrEqual, Microseconds(from));
        Filter before = new Filter.Compare(left, Comparison.Less, Microseconds(to));
        return match.Operator switch
        {
            SearchOperator.Equal => new Filter.And([since, before]),
            SearchOperator.NotEqual => new Filter.Not(new Filter.And([since, before])),
            _ => new Filter.Compare(left, Sign, Microseconds(from)),
        };
    }

    long Then(TimeSpan age) =>
        age.Duration() < now - DateTimeOffset.UnixEpoch
            ? Microseconds(now - age.Duration())
            : throw Refused("this lies before 1970");

    static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    SearchSyntaxException Refused(string why) => new(new(match.Position, $"{match.Key}: {why}."));
}
