using System.Diagnostics.Metrics;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Gateway.Quotas;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Gateway;

/// <summary>What the gateway does, under <c>tocsin.gateway</c>.</summary>
sealed class GatewayMeter
{
    public const string Name = "Tocsin.Gateway";

    readonly Counter<long> requests;
    readonly Counter<long> bytes;
    readonly Counter<long> refused;
    readonly Histogram<double> appends;

    public GatewayMeter(IMeterFactory meters, BodyBudget budget, Turns turns)
    {
        var meter = meters.Create(Name);
        requests = meter.CreateCounter<long>("tocsin.gateway.requests", description: "Requests by door and status.");
        bytes = meter.CreateCounter<long>("tocsin.gateway.received", "By", "Accepted bodies as received.");
        refused = meter.CreateCounter<long>("tocsin.gateway.refused", description: "Refused items by outcome and category.");
        appends = meter.CreateHistogram<double>("tocsin.gateway.append", "s", "Until a body is durable.");
        meter.CreateObservableGauge("tocsin.gateway.held", () => budget.Held, "By", "Bodies in memory.");
        meter.CreateObservableGauge(
            "tocsin.gateway.waiting",
            () => turns.Waiting,
            description: "Received bodies that wait for their project's turn."
        );
    }

    public void Answered(Door door, int status) => requests.Add(1, new("door", DoorName(door)), new("status", status));

    public void Appended(long length, TimeSpan elapsed)
    {
        bytes.Add(length);
        appends.Record(elapsed.TotalSeconds);
    }

    public void Refused(Outcome outcome, string category, long quantity) =>
        refused.Add(quantity, new("outcome", outcome.Kind.ToString()), new("category", category));

    static string DoorName(Door door) =>
        door switch
        {
            Door.Envelope => "envelope",
            Door.Store => "store",
            Door.Security => "security",
            Door.Minidump => "minidump",
            Door.Otlp => "otlp",
            Door.Nel => "nel",
            Door.Unreal => "unreal",
            Door.CheckIn => "cron",
            Door.Drain => "drain",
            _ => "attachments",
        };
}
