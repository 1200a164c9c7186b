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
    readonly ArrayBufferWriter<byte> _output = new(4096);
    readonly ArrayBufferWriter<byte> _column = new(1024);
    readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);

    public int Capacity => _output.Capacity + _column.Capacity;

    public void Begin(ReadOnlySpan<byte> magic, int rows)
    {
        _output.ResetWrittenCount();
        _output.Write(magic);
        Number(_output, (ulong)rows);
    }

    public byte[] End() => _output.WrittenSpan.ToArray();

    /// <summary>Null and the empty text are two values.</summary>
    public void Texts<T>(byte column, IReadOnlyList<T> rows, Func<T, string?> valueOf, string? usual = null)
    {
        _texts.Clear();
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
            Number(_column, (ulong)_texts.Count);
            foreach (var (text, _) in _texts)
            {
                var bytes = Encoding.UTF8.GetByteCount(text);
                Number(_column, (ulong)bytes);
                Encoding.UTF8.GetBytes(text, _column.GetSpan(bytes));
                _column.Advance(bytes);
            }
            for (var i = 0; i < (agree ? 1 : rows.Count); i++)
            {
                Number(_column, (ulong)indexes[i]);
            }
            Close(column);
        }
        ArrayPool<int>.Shared.Return(indexes);
    }

    int IndexOf(string text)
    {
        if (!_texts.TryGetValue(text, out var index))
        {
            index = _texts.Count + 1;
            _texts.Add(text, index);
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
            Number(_column, ZigZag(unchecked(value - before)));
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
            BinaryPrimitives.WriteInt64LittleEndian(_column.GetSpan(8), value);
            _column.Advance(8);
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
                Number(_column, 0);
                continue;
            }
            any = true;
            if (known.TryGetValue(id, out var at))
            {
                Number(_column, (ulong)at + 2);
                continue;
            }
            Number(_column, 1);
            BinaryPrimitives.WriteInt64LittleEndian(_column.GetSpan(8), id);
            _column.Advance(8);
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
        Number(_column, (ulong)distinct.Count);
        foreach (var (id, _) in distinct)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(_column.GetSpan(16), id);
            _column.Advance(16);
        }
        foreach (var at in indexes)
        {
            Number(_column, (ulong)at);
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
                Number(_column, 0);
                continue;
            }
            Number(_column, value is null ? 1u : 2u);
            if (value is { } number)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(_column.GetSpan(8), number);
                _column.Advance(8);
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
            _column.ResetWrittenCount();
        }
    }

    void Close(byte column)
    {
        _output.GetSpan(1)[0] = column;
        _output.Advance(1);
        Number(_output, (ulong)_column.WrittenCount);
        _output.Write(_column.WrittenSpan);
        _column.ResetWrittenCount();
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
