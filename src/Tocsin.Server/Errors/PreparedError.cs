using System.Buffers;
using System.Diagnostics;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Grouping;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Errors;

/// <summary>An error event ready for the stores: normalised, scrubbed, grouped.</summary>
sealed class PreparedError(ItemContext context) : PreparedItem(context)
{
    ErrorEvent? _event;
    GroupingResult? _grouping;
    byte[]? _pooled;

    /// <summary>Only until the item is packed.</summary>
    public required ErrorEvent Event
    {
        get => _event ?? throw new UnreachableException("The event was let go.");
        init => _event = value;
    }

    /// <summary>As long as <see cref="Event"/>.</summary>
    public required GroupingResult Grouping
    {
        get => _grouping ?? throw new UnreachableException("The grouping was let go.");
        init => _grouping = value;
    }

    /// <summary>The body, in an array of the shared pool that goes back when the item is packed.</summary>
    public required ArraySegment<byte> Written
    {
        init => (_pooled, Body) = (value.Array, value);
    }

    public override void LetGo()
    {
        base.LetGo();
        if (_pooled is not null)
        {
            ArrayPool<byte>.Shared.Return(_pooled);
        }
        (_event, _grouping, _pooled) = (null, null, null);
    }
}

/// <summary>An item of which nothing is stored; its outcome says why.</summary>
sealed class RefusedError : PreparedItem
{
    public RefusedError(ItemContext context, Outcome outcome)
        : base(context) => Outcome = outcome;
}
