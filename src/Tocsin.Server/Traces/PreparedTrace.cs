using Tocsin.Server.Pipeline;
using Tocsin.Server.Traces.Detectors;
using Tocsin.Server.Traces.Normalise;

namespace Tocsin.Server.Traces;

/// <summary>What became of an item with spans.</summary>
abstract class TraceItem(ItemContext context) : PreparedItem(context)
{
    /// <summary>Null for kinds that neither make names nor ask for any.</summary>
    public SegmentNaming? Naming { get; init; }

    /// <summary>Null for kinds that come whole, and where nothing is kept.</summary>
    public SegmentJoin? Join { get; init; }

    public override bool IsOutdated => Naming?.IsOutdated == true || Join?.IsOutdated == true;

    public override void Tell()
    {
        Naming?.Tell();
        Join?.Tell();
    }
}

/// <summary>Spans ready for the stores: of a transaction with its body, or of an item that only held spans.</summary>
sealed class PreparedTrace(ItemContext context) : TraceItem(context);

/// <summary>An item of which nothing is stored; its outcome says why.</summary>
sealed class RefusedTrace : TraceItem
{
    public RefusedTrace(ItemContext context, Outcome outcome)
        : base(context) => Outcome = outcome;
}
