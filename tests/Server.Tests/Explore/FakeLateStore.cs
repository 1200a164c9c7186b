using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Server.Tests.Explore;

/// <summary>A store in which every question runs out of time before a row of it is read.</summary>
sealed class FakeLateStore(TelemetryStore store) : FakeStore(store)
{
    protected override TelemetryResult Change(TelemetryQuery query, TelemetryResult answer) =>
        new(answer.Columns, [], Partial: true);
}
