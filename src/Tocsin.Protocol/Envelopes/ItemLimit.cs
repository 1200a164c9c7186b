namespace Tocsin.Protocol.Envelopes;

/// <summary>What one kind of item may weigh, in bytes.</summary>
/// <param name="Item">One payload.</param>
/// <param name="Count">Items of the type in an envelope.</param>
/// <param name="Total">All payloads that share this limit in an envelope.</param>
/// <param name="Average">Of a container: its payload divided by its <c>item_count</c>.</param>
public sealed record ItemLimit(long Item, int Count, long Total, long? Average = null);
