using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Tocsin.Server.Pipeline.Columns;

/// <summary>
/// Rows as columns, one behind the other: number (1 byte), length (varint), then the values. A column of which all values are the default is
/// left out, and one whose rows all agree holds its value once. Numbers are on disk and never used again; a reader passes over those it does
/// not know.
/// </summary>
sealed class ColumnWriter
{
    readonly ArrayBufferWriter<byte> output = new(4096);
    readonly ArrayBufferWriter<byte> content = new(1024);
    readonly Dictionary<string, int> texts = new(StringComparer.Ordinal);

    public int Capacity => output.Capacity + content.Capacity;

    public void Begin(ReadOnlySpan<byte> magic, int rows)
    {
        output.ResetWrittenCount();
        output.Write(magic);
        Number(output, (ulong)rows);
    }

    public byte[] End() => output.WrittenSpan.ToArray();

    /// <summary>Null and the empty text are two values.</summary>
    public void Texts<T>(byte column, IReadOnlyList<T> rows, Func<T, string?> valueOf, string? usual = null)
    {
        texts.Clear();
        var indexes = ArrayPool<int>.Shared.Rent(rows.Count);
        var (before, index) = ((string?)null, 0);
        for (var i = 0; i < rows.Count; i++)
        {
            var text = valueOf(rows[i]);
            // Most columns of a trace hold the one object in all rows.
            if (!ReferenceEquals(text, before))
            {
                index = text is null ? 0 : IndexOf(text);
                before = text;
            }
            indexes[i] = index;
        }
        var first = indexes[0];
        var agree = !indexes.AsSpan(1, rows.Count - 1).ContainsAnyExcept(first);
        if (!agree || valueOf(rows[0]) != usual)
        {
            Number(content, (ulong)texts.Count);
            foreach (var (text, _) in texts)
            {
                var bytes = Encoding.UTF8.GetByteCount(text);
                Number(content, (ulong)bytes);
                Encoding.UTF8.GetBytes(text, content.GetSpan(bytes));
                content.Advance(bytes);
            }
            for (var i = 0; i < (agree ? 1 : rows.Count); i++)
            {
                Number(content, (ulong)indexes[i]);
            }
            Close(column);
        }
        ArrayPool<int>.Shared.Return(indexes);
    }

    int IndexOf(string text)
    {
        if (!texts.TryGetValue(text, out var index))
        {
            index = texts.Count + 1;
            texts.Add(text, index);
        }
        return index;
    }

    /// <summary>Whole numbers; those that follow each other closely (times) as differences.</summary>
    public void Whole<T>(byte column, IReadOnlyList<T> rows, Func<T, long> valueOf, bool differences = false)
    {
        var before = 0L;
        var any = false;
        foreach (var row in rows)
        {
            var value = valueOf(row);
            any |= value != 0;
            Number(content, ZigZag(unchecked(value - before)));
            before = differences ? value : 0;
        }
        CloseIf(column, any);
    }

    /// <summary>Numbers without pattern, eight bytes each.</summary>
    public void Words<T>(byte column, IReadOnlyList<T> rows, Func<T, long> valueOf)
    {
        var any = false;
        foreach (var row in rows)
        {
            var value = valueOf(row);
            any |= value != 0;
            BinaryPrimitives.WriteInt64LittleEndian(content.GetSpan(8), value);
            content.Advance(8);
        }
        CloseIf(column, any);
    }

    /// <summary>Ids that mostly name another row of this record: 0 none, 1 the id follows, 2 + n the n-th row's own id.</summary>
    public void References<T>(byte column, IReadOnlyList<T> rows, Func<T, long?> valueOf, IReadOnlyDictionary<long, int> known)
    {
        var any = false;
        foreach (var row in rows)
        {
            if (valueOf(row) is not { } id)
            {
                Number(content, 0);
                continue;
            }
            any = true;
            if (known.TryGetValue(id, out var at))
            {
                Number(content, (ulong)at + 2);
                continue;
            }
            Number(content, 1);
            BinaryPrimitives.WriteInt64LittleEndian(content.GetSpan(8), id);
            content.Advance(8);
        }
        CloseIf(column, any);
    }

    /// <summary>Ids of 16 bytes, each distinct one once.</summary>
    public void Wide<T>(byte column, IReadOnlyList<T> rows, Func<T, UInt128?> valueOf)
    {
        var distinct = new Dictionary<UInt128, int>(1);
        var indexes = new int[rows.Count];
        var (before, index) = ((UInt128?)null, 0);
        for (var i = 0; i < rows.Count; i++)
        {
            var id = valueOf(rows[i]);
            // Most traces have one, and a hostile one has as many as spans.
            if (id != before)
            {
                index = id is { } wide ? IndexOf(wide, distinct) : 0;
                before = id;
            }
            indexes[i] = index;
        }
        Number(content, (ulong)distinct.Count);
        foreach (var (id, _) in distinct)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(content.GetSpan(16), id);
            content.Advance(16);
        }
        foreach (var at in indexes)
        {
            Number(content, (ulong)at);
        }
        CloseIf(column, distinct.Count > 0);
    }

    /// <summary>From one.</summary>
    static int IndexOf(UInt128 id, Dictionary<UInt128, int> known)
    {
        if (!known.TryGetValue(id, out var index))
        {
            index = known.Count + 1;
            known.Add(id, index);
        }
        return index;
    }

    /// <summary>Each distinct value once; null is one of them.</summary>
    public void Reals<T>(byte column, IReadOnlyList<T> rows, Func<T, double?> valueOf, double? usual = null)
    {
        var any = false;
        foreach (var row in rows)
        {
            var value = valueOf(row);
            any |= value != usual;
            if (value == usual)
            {
                Number(content, 0);
                continue;
            }
            Number(content, value is null ? 1u : 2u);
            if (value is { } number)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(content.GetSpan(8), number);
                content.Advance(8);
            }
        }
        CloseIf(column, any);
    }

    void CloseIf(byte column, bool any)
    {
        if (any)
        {
            Close(column);
        }
        else
        {
            content.ResetWrittenCount();
        }
    }

    void Close(byte column)
    {
        output.GetSpan(1)[0] = column;
        output.Advance(1);
        Number(output, (ulong)content.WrittenCount);
        output.Write(content.WrittenSpan);
        content.ResetWrittenCount();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    static void Number(ArrayBufferWriter<byte> output, ulong value)
    {
        var span = output.GetSpan(10);
        var used = 0;
        while (value >= 0x80)
        {
            span[used++] = (byte)(value | 0x80);
            value >>= 7;
        }
        span[used++] = (byte)value;
        output.Advance(used);
    }
}
