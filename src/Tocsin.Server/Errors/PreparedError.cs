using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Grouping;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Errors;

/// <summary>An error event ready for the stores: normalised, scrubbed, grouped.</summary>
sealed class PreparedError(ItemContext context) : PreparedItem(context)
{
    public required ErrorEvent Event { get; init; }
    public required GroupingResult Grouping { get; init; }
}

/// <summary>An item of which nothing is stored; its outcome says why.</summary>
sealed class RefusedError : PreparedItem
{
    public RefusedError(ItemContext context, Outcome outcome)
        : base(context) => Outcome = outcome;
}
