namespace Tocsin.Telemetry.Query.Search;

/// <summary>The text of a search box as a tree. It says what was written, not what it means: that depends on the keys' types.</summary>
public abstract record SearchTerm
{
    SearchTerm() { }

    /// <summary>Where the term begins in the text, from 0.</summary>
    public int Position { get; init; }

    /// <summary>Without parts: everything.</summary>
    public sealed record And(IReadOnlyList<SearchTerm> Parts) : SearchTerm;

    public sealed record Or(IReadOnlyList<SearchTerm> Parts) : SearchTerm;

    /// <summary><c>key:value</c>, <c>!key:&gt;5</c>, <c>key:[a, b]</c>. More than one value only with <see cref="SearchOperator.Equal"/> and the text operators.</summary>
    public sealed record Match(SearchKey Key, SearchOperator Operator, IReadOnlyList<SearchValue> Values, bool Negated)
        : SearchTerm
    {
        /// <summary>
        /// Everything behind the colon as one text: for a key that holds texts, <c>key:&lt;hello</c> asks for the text <c>&lt;hello</c>.
        /// </summary>
        public required SearchValue Written { get; init; }

        /// <summary>Whether it asks for an order of numbers: <c>key:&gt;=5</c>.</summary>
        public bool IsOfNumbers =>
            Operator is >= SearchOperator.Less and <= SearchOperator.GreaterOrEqual
            && Values.All(value => !value.Quoted && value.TryNumber(out _));

        /// <summary>Whether the value was written in brackets.</summary>
        public bool IsList { get; init; }

        /// <summary>What is looked for where the key holds texts.</summary>
        public IReadOnlyList<SearchValue> Texts => IsList || Operator >= SearchOperator.Contains ? Values : [Written];
    }

    /// <summary><c>has:key</c>, <c>!has:key</c>.</summary>
    public sealed record Has(SearchKey Key, bool Negated) : SearchTerm;

    /// <summary>Words without a key, joined as they were written.</summary>
    public sealed record Words(SearchValue Value) : SearchTerm;
}

public enum SearchOperator
{
    /// <summary>No operator, or <c>=</c>.</summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,

    /// <summary>The text operators of Sentry's search bar, which it writes between U+F00D characters.</summary>
    Contains,
    StartsWith,
    EndsWith,
}
