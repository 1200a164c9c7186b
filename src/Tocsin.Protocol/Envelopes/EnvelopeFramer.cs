using System.Buffers;

namespace Tocsin.Protocol.Envelopes;

/// <summary>
/// Finds the items of an envelope in a body that arrives in pieces, and holds them against the limits as they pass. It keeps no
/// payload, only where each one lies. <c>Envelope = Header { "\n" Item } [ "\n" ]</c>, <c>Item = Header "\n" Payload</c>.
/// Not thread-safe; one framer reads one body.
/// </summary>
public sealed class EnvelopeFramer(EnvelopeLimits limits)
{
    const byte NewLine = (byte)'\n';

    readonly EnvelopeTally tally = new(limits);
    readonly List<ItemFrame> items = [];

    /// <summary>The beginning of a header line that a chunk cut in two.</summary>
    ArrayBufferWriter<byte>? cutLine;
    Expecting expecting = Expecting.EnvelopeHeader;
    ItemHeader? item;
    long position;
    long payloadStart;

    /// <summary>Null until the first line has been read.</summary>
    public EnvelopeHeader? Header { get; private set; }

    /// <summary>The items that are complete.</summary>
    public IReadOnlyList<ItemFrame> Items => items;

    /// <summary>Items that make an event (<see cref="ItemHeader.IsEventLike"/>); more than one is for the caller to judge.</summary>
    public int EventLikeItems { get; private set; }

    /// <summary>Null as long as the envelope is good.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Takes the next bytes of the inflated body; false when the envelope is refused and nothing more is of use.</summary>
    public bool Feed(ReadOnlySpan<byte> bytes)
    {
        var room = limits.Envelope - position;
        var overflows = bytes.Length > room;
        bytes = overflows ? bytes[..(int)room] : bytes;
        while (!bytes.IsEmpty && Refusal is null)
        {
            var used = expecting switch
            {
                Expecting.EnvelopeHeader or Expecting.ItemHeader => FeedHeader(bytes),
                Expecting.Payload => FeedPayload(bytes),
                Expecting.Line => FeedLine(bytes),
                Expecting.NewLine => FeedNewLine(bytes),
                _ => FeedEnd(bytes),
            };
            bytes = bytes[used..];
            position += used;
        }
        if (overflows)
        {
            Refusal ??= Refusal.TooLarge("envelope");
        }
        return Refusal is null;
    }

    /// <summary>The body is complete; false when it may not end here.</summary>
    public bool Finish()
    {
        if (Refusal is null && expecting is Expecting.EnvelopeHeader or Expecting.ItemHeader && cutLine is { WrittenCount: > 0 })
        {
            EndHeader(cutLine.WrittenSpan, position);
        }
        if (Refusal is not null)
        {
            return false;
        }
        switch (expecting)
        {
            case Expecting.EnvelopeHeader:
                Refuse("missing envelope header");
                break;
            case Expecting.Payload:
                Refuse("unexpected end of file");
                break;
            case Expecting.Line:
                EndItem(position - payloadStart);
                break;
        }
        return Refusal is null;
    }

    int FeedHeader(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf(NewLine);
        var part = end < 0 ? bytes : bytes[..end];
        if (part.Length + (cutLine?.WrittenCount ?? 0) > limits.HeaderLine)
        {
            Refuse("header line too long");
            return 0;
        }
        if (end < 0)
        {
            (cutLine ??= new(256)).Write(part);
            return part.Length;
        }
        if (cutLine is { WrittenCount: > 0 })
        {
            cutLine.Write(part);
            part = cutLine.WrittenSpan;
        }
        EndHeader(part, position + end + 1);
        cutLine?.ResetWrittenCount();
        return end + 1;
    }

    /// <summary>A header line is complete.</summary>
    /// <param name="next">Behind its newline, or the body's end when it has none.</param>
    void EndHeader(ReadOnlySpan<byte> line, long next)
    {
        if (expecting == Expecting.EnvelopeHeader)
        {
            EndEnvelopeHeader(line);
        }
        else if (line.IsEmpty)
        {
            expecting = Expecting.End;
        }
        else if (!HeaderLine.TryReadItem(line, out item))
        {
            Refuse("invalid item header");
        }
        else if (!tally.TryBegin(item) || !tally.Fits(item.Length ?? 0))
        {
            Refusal = Refusal.TooLarge(item.Type);
        }
        else
        {
            payloadStart = next;
            expecting = item.Length is null ? Expecting.Line : Expecting.Payload;
            if (item.Length == 0)
            {
                EndItem(0);
                expecting = Expecting.NewLine;
            }
        }
    }

    void EndEnvelopeHeader(ReadOnlySpan<byte> line)
    {
        if (HeaderLine.TryReadEnvelope(line, out var header))
        {
            Header = header;
            expecting = Expecting.ItemHeader;
        }
        else
        {
            Refuse(line.IsEmpty ? "missing envelope header" : "invalid envelope header");
        }
    }

    /// <summary>A payload of known length.</summary>
    int FeedPayload(ReadOnlySpan<byte> bytes)
    {
        var missing = payloadStart + item!.Length!.Value - position;
        if (bytes.Length < missing)
        {
            return bytes.Length;
        }
        EndItem(item.Length.Value);
        expecting = Expecting.NewLine;
        return (int)missing;
    }

    /// <summary>A payload that runs to the next newline. A carriage return is part of it.</summary>
    int FeedLine(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf(NewLine);
        var length = position - payloadStart + (end < 0 ? bytes.Length : end);
        if (!tally.Fits(length))
        {
            Refusal = Refusal.TooLarge(item!.Type);
            return 0;
        }
        if (end < 0)
        {
            return bytes.Length;
        }
        EndItem(length);
        expecting = Expecting.ItemHeader;
        return end + 1;
    }

    int FeedNewLine(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != NewLine)
        {
            Refuse("missing newline after header or payload");
            return 0;
        }
        expecting = Expecting.ItemHeader;
        return 1;
    }

    /// <summary>Some clients end with several newlines; nothing else may follow an empty line.</summary>
    int FeedEnd(ReadOnlySpan<byte> bytes)
    {
        if (bytes.ContainsAnyExcept(NewLine))
        {
            Refuse("invalid item header");
        }
        return bytes.Length;
    }

    void EndItem(long length)
    {
        tally.End(length);
        items.Add(new(item!, payloadStart, length));
        EventLikeItems += item!.IsEventLike ? 1 : 0;
    }

    void Refuse(string cause) => Refusal = Refusal.InvalidEnvelope(cause);

    enum Expecting
    {
        EnvelopeHeader,
        ItemHeader,

        /// <summary>So many bytes.</summary>
        Payload,

        /// <summary>Bytes up to a newline.</summary>
        Line,
        NewLine,

        /// <summary>Nothing but newlines.</summary>
        End,
    }
}
