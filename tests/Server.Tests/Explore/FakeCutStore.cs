using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Server.Tests.Explore;

/// <summary>A store in which one question of several is cut short behind its last row.</summary>
sealed class FakeCutStore(TelemetryStore store) : FakeStore(store)
{
    int next;
    int cut = -1;

    /// <summary>What was asked since the last <see cref="CutOnly"/>, in words.</summary>
    public List<string> Asked { get; } = [];

    /// <param name="question">From 0, among those that follow; −1: none.</param>
    public void CutOnly(int question)
    {
        (next, cut) = (0, question);
        Asked.Clear();
    }

    protected override TelemetryResult Change(TelemetryQuery query, TelemetryResult answer)
    {
        // Some are asked side by side.
        lock (Asked)
        {
            Asked.Add($"{query.Dataset}: {string.Join(", ", query.Select.Select(selected => selected.Name))}");
            return next++ == cut ? answer with { Partial = true } : answer;
        }
    }
}
