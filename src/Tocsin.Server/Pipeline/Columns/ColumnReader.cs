using System.Buffers.Binary;
using System.Text;

namespace Tocsin.Server.Pipeline.Columns;

/// <summary>Reads what <see cref="ColumnWriter"/> wrote. Columns that are missing give their default; unknown ones are passed over.</summary>
sealed class ColumnReader
{
    readonly Dictionary<byte, ReadOnlyMemory<byte>> columns = [];

    /// <exception cref="InvalidDataException">The bytes are no columns.</exception>
    public ColumnReader(ReadOnlyMemory<byte> bytes, ReadOnlySpan<byte> magic)
    {
        if (!bytes.Span.StartsWith(magic))
        {
            throw new InvalidDataException("no columns");
        }
        var at = magic.Length;
        Rows = Count(Number(bytes.Span, ref at));
        while (at < bytes.Length)
        {
            var column = bytes.Span[at++];
            var length = Count(Number(bytes.Span, ref at));
            if (length > bytes.Length - at)
            {
                throw new InvalidDataException("a column is cut short");
            }
            columns[column] = bytes.Slice(at, length);
            at += length;
        }
    }

    public int Rows { get; }

    public string?[] Texts(byte column, string? usual = null)
    {
        var values = Filled(usual);
        if (!columns.TryGetValue(column, out var bytes))
        {
            return values;
        }
        var span = bytes.Span;
        var at = 0;
        var distinct = new string?[Count(Number(span, ref at)) + 1];
        for (var i = 1; i < distinct.Length; i++)
        {
            distinct[i] = Encoding.UTF8.GetString(Take(span, ref at, Count(Number(span, ref at))));
        }
        var first = At(distinct, Number(span, ref at));
        Array.Fill(values, first);
        for (var i = 1; i < Rows && at < span.Length; i++)
        {
            values[i] = At(distinct, Number(span, ref at));
        }
        return values;
    }

    public long[] Whole(byte column, bool differences = false)
    {
        var values = new long[Rows];
        if (columns.TryGetValue(column, out var bytes))
        {
            var span = bytes.Span;
            var (at, before) = (0, 0L);
            for (var i = 0; i < Rows; i++)
            {
                var packed = Number(span, ref at);
                values[i] = unchecked(((long)(packed >> 1) ^ -(long)(packed & 1)) + before);
                before = differences ? values[i] : 0;
            }
        }
        return values;
    }

    public long[] Words(byte column)
    {
        var values = new long[Rows];
        if (columns.TryGetValue(column, out var bytes))
        {
            var span = bytes.Span;
            var at = 0;
            for (var i = 0; i < Rows; i++)
            {
                values[i] = BinaryPrimitives.ReadInt64LittleEndian(Take(span, ref at, 8));
            }
        }
        return values;
    }

    public long?[] References(byte column, IReadOnlyList<long> known)
    {
        var values = new long?[Rows];
        if (columns.TryGetValue(column, out var bytes))
        {
            var span = bytes.Span;
            var at = 0;
            for (var i = 0; i < Rows; i++)
            {
                values[i] = Number(span, ref at) switch
                {
                    0 => null,
                    1 => BinaryPrimitives.ReadInt64LittleEndian(Take(span, ref at, 8)),
                    var row => At(known, row - 2),
                };
            }
        }
        return values;
    }

    public UInt128?[] Wide(byte column)
    {
        var values = new UInt128?[Rows];
        if (columns.TryGetValue(column, out var bytes))
        {
            var span = bytes.Span;
            var at = 0;
            var distinct = new UInt128?[Count(Number(span, ref at)) + 1];
            for (var i = 1; i < distinct.Length; i++)
            {
                distinct[i] = BinaryPrimitives.ReadUInt128LittleEndian(Take(span, ref at, 16));
            }
            for (var i = 0; i < Rows; i++)
            {
                values[i] = At(distinct, Number(span, ref at));
            }
        }
        return values;
    }

    public double?[] Reals(byte column, double? usual = null)
    {
        var values = Filled(usual);
        if (columns.TryGetValue(column, out var bytes))
        {
            var span = bytes.Span;
            var at = 0;
            for (var i = 0; i < Rows; i++)
            {
                values[i] = Number(span, ref at) switch
                {
                    0 => usual,
                    1 => null,
                    _ => BinaryPrimitives.ReadDoubleLittleEndian(Take(span, ref at, 8)),
                };
            }
        }
        return values;
    }

    T[] Filled<T>(T value)
    {
        var values = new T[Rows];
        Array.Fill(values, value);
        return values;
    }

    static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, ref int at, int length)
    {
        if (length > bytes.Length - at)
        {
            throw new InvalidDataException("a column is cut short");
        }
        at += length;
        return bytes.Slice(at - length, length);
    }

    static T At<T>(IReadOnlyList<T> values, ulong index) =>
        index < (ulong)values.Count
            ? values[(int)index]
            : throw new InvalidDataException("a column names a value that is not there");

    static int Count(ulong value) => value <= int.MaxValue ? (int)value : throw new InvalidDataException("a length is too large");

    static ulong Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        var (value, shift) = (0ul, 0);
        while (at < bytes.Length && shift < 64)
        {
            var part = bytes[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
            shift += 7;
        }
        throw new InvalidDataException("a number is cut short");
    }
}
