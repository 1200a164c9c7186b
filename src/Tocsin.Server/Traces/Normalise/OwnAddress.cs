using Tocsin.Protocol.Traces;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>
/// Sentry's SDK of Python says the name of its own machine as <c>server.address</c> with every streamed span, where others name what the span calls.
/// An integration that names what it calls does so in its place, and says the port as well.
/// </summary>
static class OwnAddress
{
    /// <param name="segment">Of the span; null: it did not come along, or is the span.</param>
    public static void Take(Span span, SpanFacts facts, string? sdk, Surroundings? segment)
    {
        if (
            sdk?.StartsWith("sentry.python", StringComparison.Ordinal) == true
            && facts.Address is { } address
            && (span.IsSegment || (segment is null ? !facts.TellsPort : segment.ServerName == address))
        )
        {
            facts.TakeAddressForOwn();
        }
    }
}
