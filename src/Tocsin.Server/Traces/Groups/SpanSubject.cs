namespace Tocsin.Server.Traces.Groups;

/// <summary>What a span's group is found from: op and description, and the attributes that say more exactly what is called.</summary>
readonly ref struct SpanSubject
{
    public required string Op { get; init; }
    public required string? Category { get; init; }
    public required string? Description { get; init; }
    public string? Url { get; init; }
    public string? Method { get; init; }

    /// <summary>Host that is called, where the address names none.</summary>
    public string? Server { get; init; }

    /// <summary><c>postgresql</c>, <c>mysql</c>, <c>redis</c>, <c>mongodb</c>…</summary>
    public string? DbSystem { get; init; }
    public string? Statement { get; init; }
    public string? Collection { get; init; }

    /// <summary>Of a database, a queue or a GraphQL document: what is done.</summary>
    public string? Operation { get; init; }
    public string? Destination { get; init; }
    public string? OperationName { get; init; }
}
