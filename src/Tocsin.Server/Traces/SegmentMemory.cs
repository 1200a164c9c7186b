using Tocsin.Server.Traces.Detectors;
using Tocsin.Server.Traces.Normalise;

namespace Tocsin.Server.Traces;

/// <summary>What items tell those that come after them about the segments of their spans. It ends with the process.</summary>
sealed class SegmentMemory
{
    public SegmentNames Names { get; } = new();
    public OpenSegments Open { get; } = new();
}
