using System.Text.Json;
using Tocsin.Protocol.Events;

namespace Tocsin.Protocol.Json;

ref partial struct JsonCursor
{
    /// <summary>Names that an object and those around it may have before it is looked at more thoroughly.</summary>
    const int MostPlainNames = 64;

    /// <summary>No number of so many characters is too large for any type.</summary>
    const int LongestPlainNumber = 18;

    /// <summary><see cref="Object"/>, as its text. An object that needs mending is mended and written anew; nearly none does.</summary>
    public RawBag? RawObject()
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            var before = reader;
            if (SkipPlain())
            {
                return new(json[(int)before.TokenStartIndex..(int)reader.BytesConsumed].ToArray());
            }
            reader = before;
        }
        return RawBag.Of(Object());
    }

    /// <summary>
    /// Passes over an object of which <see cref="Object"/> would keep all as it stands. False, and anywhere: a name that may come twice, what
    /// lies too deep, escapes that may be half a pair, and long numbers.
    /// </summary>
    bool SkipPlain()
    {
        Span<uint> names = stackalloc uint[MostPlainNames];
        Span<byte> firstOfLevel = stackalloc byte[DeepestLevel];
        var (count, level) = (0, 0);
        firstOfLevel[0] = 0;
        while (true)
        {
            Advance();
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    var known = names[firstOfLevel[level]..count];
                    var name = TextPool.Hash(reader.ValueSpan);
                    if (reader.ValueIsEscaped || count == MostPlainNames || known.Contains(name))
                    {
                        return false;
                    }
                    names[count++] = name;
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    level++;
                    if (Depth + level >= DeepestLevel)
                    {
                        return false;
                    }
                    firstOfLevel[level] = (byte)count;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray when level == 0:
                    return true;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    count = firstOfLevel[level--];
                    break;
                case JsonTokenType.String when reader.ValueIsEscaped && HoldsSurrogate(reader.ValueSpan):
                case JsonTokenType.Number when reader.ValueSpan.Length > LongestPlainNumber:
                    return false;
            }
        }
    }

    static bool HoldsSurrogate(ReadOnlySpan<byte> token)
    {
        while (token.IndexOf("\\u"u8) is >= 0 and var escape)
        {
            token = token[(escape + 2)..];
            if (token is [(byte)'d' or (byte)'D', > (byte)'7', ..])
            {
                return true;
            }
        }
        return false;
    }
}
