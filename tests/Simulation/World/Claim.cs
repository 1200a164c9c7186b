using Tocsin.Telemetry.Rows;

namespace Simulation.World;

/// <summary>
/// What makes one stored event different from every other: who sent it or what it was found in. Its id says so too where a client gave it;
/// where the server did, the id is for the server to get right.
/// </summary>
readonly record struct Claim(Content Content, long Project, UInt128 Id, long Span = 0)
{
    /// <summary>The events that this sending, stored, must have left: its own, an exception in its spans, a problem that they show.</summary>
    public static IEnumerable<Claim> Of(Sending sending)
    {
        if (sending.Content is Content.Event or Content.Finding)
        {
            yield return new(sending.Content, sending.ProjectId, sending.Id.Value);
        }
        if (sending.Part?.Thrown is { } thrown)
        {
            yield return new(Content.Event, sending.ProjectId, thrown.Trace, thrown.Span);
        }
        if (sending.Part?.Problem is { } problem)
        {
            yield return new(Content.Finding, sending.ProjectId, problem.Trace, problem.Span);
        }
    }

    public static Claim Of(EventRow row)
    {
        var content = row.Type == "generic" ? Content.Finding : Content.Event;
        return row is { TraceId: { } trace, SpanId: { } span }
            ? new(content, row.ProjectId, trace, span)
            : new(content, row.ProjectId, row.EventId);
    }
}
