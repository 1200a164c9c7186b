using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Traces;

/// <summary>Spans ready for the stores: of a transaction with its body, or of an item that only held spans.</summary>
sealed class PreparedTrace(ItemContext context) : PreparedItem(context);

/// <summary>An item of which nothing is stored; its outcome says why.</summary>
sealed class RefusedTrace : PreparedItem
{
    public RefusedTrace(ItemContext context, Outcome outcome)
        : base(context) => Outcome = outcome;
}
