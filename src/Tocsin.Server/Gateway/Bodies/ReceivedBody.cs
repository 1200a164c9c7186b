using System.Buffers;
using Tocsin.Protocol;

namespace Tocsin.Server.Gateway.Bodies;

/// <summary>
/// A body as it was received, in pooled memory until the journal has it. Memory follows the bytes that came, never the length
/// that was announced: who announces much and sends little costs little.
/// </summary>
sealed class ReceivedBody(long limit, string type, BodyShare memory) : IDisposable
{
    const int LargestPart = 1 << 20;

    readonly List<Part> parts = [];
    int readParts;
    long handedOn;

    public long Length { get; private set; }

    /// <summary>Bytes that have not been handed on.</summary>
    public long Unread => Length - handedOn;

    public Refusal? Append(ReadOnlySequence<byte> bytes)
    {
        if (Length + bytes.Length > limit)
        {
            return Refusal.TooLarge(type);
        }
        foreach (var memory in bytes)
        {
            var source = memory.Span;
            while (!source.IsEmpty)
            {
                if (Room() is not { } part)
                {
                    return Refusals.Busy;
                }
                source = source[part.Fill(source)..];
            }
        }
        Length += bytes.Length;
        return null;

        Part? Room()
        {
            if (parts.Count > 0 && parts[^1].Length < parts[^1].Buffer.Length)
            {
                return parts[^1];
            }
            var size = (int)Math.Min(LargestPart, Math.Max(Length, Math.Min(bytes.Length, LargestPart)));
            var buffer = ArrayPool<byte>.Shared.Rent(size);
            if (!memory.TryTake(buffer.Length))
            {
                ArrayPool<byte>.Shared.Return(buffer);
                return null;
            }
            parts.Add(new(buffer));
            return parts[^1];
        }
    }

    /// <summary>Hands on what has not been handed on before.</summary>
    public Refusal? PushTo(Inflation inflation)
    {
        handedOn = Length;
        while (readParts < parts.Count)
        {
            var part = parts[readParts];
            if (inflation.Push(part.TakeUnread()) is { } refusal)
            {
                return refusal;
            }
            if (part == parts[^1])
            {
                break; // More may be put into it.
            }
            readParts++;
        }
        return null;
    }

    /// <summary>Lends the memory until disposal.</summary>
    public ReadOnlySequence<byte> ToSequence()
    {
        if (parts.Count <= 1)
        {
            return parts.Count == 0 ? ReadOnlySequence<byte>.Empty : new(parts[0].Memory);
        }
        var first = new ByteSegment(parts[0].Memory);
        var last = parts.Skip(1).Aggregate(first, (segment, part) => segment.Append(part.Memory));
        return new(first, 0, last, last.Memory.Length);
    }

    public void Dispose()
    {
        foreach (var part in parts)
        {
            memory.Give(part.Buffer.Length);
            ArrayPool<byte>.Shared.Return(part.Buffer);
        }
        parts.Clear();
    }

    sealed class Part(byte[] buffer)
    {
        public byte[] Buffer => buffer;
        public int Length { get; private set; }
        public int Read { get; private set; }
        public ReadOnlyMemory<byte> Memory => buffer.AsMemory(0, Length);

        public int Fill(ReadOnlySpan<byte> source)
        {
            var count = Math.Min(source.Length, buffer.Length - Length);
            source[..count].CopyTo(buffer.AsSpan(Length));
            Length += count;
            return count;
        }

        public ReadOnlySpan<byte> TakeUnread()
        {
            var unread = buffer.AsSpan(Read, Length - Read);
            Read = Length;
            return unread;
        }
    }
}
