namespace Tocsin.Server.Access;

/// <summary>Some scopes with all that they include.</summary>
sealed class ScopeSet
{
    readonly HashSet<Scope> held;

    public ScopeSet(params IEnumerable<Scope> scopes) => held = [.. scopes.SelectMany(scope => scope.Includes.Prepend(scope))];

    public static ScopeSet None { get; } = new();
    public static ScopeSet Every { get; } = new(Scope.All);

    /// <summary>In the order of <see cref="Scope.All"/>.</summary>
    public IReadOnlyList<string> Names => [.. Scope.All.Where(held.Contains).Select(scope => scope.Name)];

    public bool Holds(Scope scope) => held.Contains(scope);

    public ScopeSet And(ScopeSet other) => new(held.Concat(other.held));

    /// <summary>What both hold: a token never exceeds its owner.</summary>
    public ScopeSet Within(ScopeSet limit) => new(held.Where(limit.held.Contains));

    /// <summary>Reads the column of a token: names with spaces between; unknown ones give nothing.</summary>
    public static ScopeSet Parse(string text) =>
        new(text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Scope.Find).OfType<Scope>());

    public override string ToString() => string.Join(' ', Names);
}
