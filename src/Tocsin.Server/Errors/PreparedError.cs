using System.Buffers;
using System.Diagnostics;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Grouping;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Errors;

/// <summary>An error event ready for the stores: normalised, scrubbed, grouped.</summary>
sealed class PreparedError(ItemContext context) : PreparedItem(context)
{
    ErrorEvent? kept;
    GroupingResult? grouping;
    byte[]? pooled;

    /// <summary>Only until the item is packed.</summary>
    public required ErrorEvent Event
    {
        get => kept ?? throw new UnreachableException("The event was let go.");
        init => kept = value;
    }

    /// <summary>As long as <see cref="Event"/>.</summary>
    public required GroupingResult Grouping
    {
        get => grouping ?? throw new UnreachableException("The grouping was let go.");
        init => grouping = value;
    }

    /// <summary>The body, in an array of the shared pool that goes back when the item is packed.</summary>
    public required ArraySegment<byte> Written
    {
        init => (pooled, Body) = (value.Array, value);
    }

    public override void LetGo()
    {
        base.LetGo();
        if (pooled is not null)
        {
            ArrayPool<byte>.Shared.Return(pooled);
        }
        (kept, grouping, pooled) = (null, null, null);
    }
}

/// <summary>An item of which nothing is stored; its outcome says why.</summary>
sealed class RefusedError : PreparedItem
{
    public RefusedError(ItemContext context, Outcome outcome)
        : base(context) => Outcome = outcome;
}
