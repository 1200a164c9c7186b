using Tocsin.Protocol;
using Tocsin.Protocol.Envelopes;
using Tocsin.Server.Gateway.Bodies;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>Frames an envelope as it is decoded. Who is not let in is told as soon as the first line is there.</summary>
sealed class EnvelopeReader(EnvelopeLimits limits, Func<EnvelopeHeader, Refusal?> admit) : PlainReader
{
    readonly EnvelopeFramer framer = new(limits);
    bool anything;
    bool admitted;

    public EnvelopeHeader Header => framer.Header!;

    public IReadOnlyList<ItemFrame> Items => framer.Items;

    public override Refusal? Take(ReadOnlySpan<byte> piece)
    {
        anything |= !piece.IsEmpty;
        framer.Feed(piece);
        return AdmitOnce() ?? framer.Refusal;
    }

    public override Refusal? Complete()
    {
        var whole = framer.Finish();
        return AdmitOnce()
            ?? (
                whole ? TooManyEvents()
                : anything ? framer.Refusal
                : Refusal.EmptyBody
            );
    }

    Refusal? AdmitOnce()
    {
        if (admitted || framer.Header is not { } header)
        {
            return null;
        }
        admitted = true;
        return admit(header);
    }

    /// <summary>Of two events nobody could say which one the id means.</summary>
    Refusal? TooManyEvents()
    {
        ItemHeader? eventLike = null;
        foreach (var item in Items)
        {
            // A crash report may come with the event that it belongs to.
            if (item.Header.IsEventLike && item.Header.Type != ItemType.Attachment)
            {
                if (eventLike is not null)
                {
                    return Refusal.TooLarge(item.Header.Type) with { Cause = "an envelope holds one event at most" };
                }
                eventLike = item.Header;
            }
        }
        return null;
    }
}
