using System.Diagnostics.CodeAnalysis;

namespace Tocsin.Protocol.Envelopes;

/// <summary>An envelope that is in memory as a whole; the payloads are slices of its body.</summary>
public sealed record Envelope(EnvelopeHeader Header, IReadOnlyList<EnvelopeItem> Items)
{
    /// <param name="body">Inflated. It must live as long as the payloads are used.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        EnvelopeLimits limits,
        [NotNullWhen(true)] out Envelope? envelope,
        [NotNullWhen(false)] out Refusal? refusal
    )
    {
        var framer = new EnvelopeFramer(limits);
        if (!framer.Feed(body.Span) || !framer.Finish())
        {
            (envelope, refusal) = (null, framer.Refusal!);
            return false;
        }
        var items = new EnvelopeItem[framer.Items.Count];
        for (var i = 0; i < items.Length; i++)
        {
            var frame = framer.Items[i];
            items[i] = new(frame.Header, body.Slice((int)frame.Offset, (int)frame.Length));
        }
        (envelope, refusal) = (new(framer.Header!, items), null);
        return true;
    }
}

public sealed record EnvelopeItem(ItemHeader Header, ReadOnlyMemory<byte> Payload);
