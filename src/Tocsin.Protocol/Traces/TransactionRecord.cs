using Tocsin.Protocol.Events;

namespace Tocsin.Protocol.Traces;

/// <summary>
/// A transaction in its three parts: what it has in common with every event (user, request, tags, release, contexts), the span that it is
/// itself, and the spans below it in the order sent. What was set aside stands in the event's notes.
/// </summary>
public sealed record TransactionRecord(ErrorEvent Event, Span Segment, IReadOnlyList<Span> Children);
