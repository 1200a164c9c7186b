using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Tocsin.Server.Errors.Grouping;

/// <summary>MD5 over the values one after the other, as Sentry does it; a name, not a protection.</summary>
static class GroupHash
{
    const int LargestKept = 256 << 10;

    [ThreadStatic]
    static ArrayBufferWriter<byte>? _bytes;

    [ThreadStatic]
    static IncrementalHash? _hash;

    public static string Of(IReadOnlyList<string> values)
    {
        if (_bytes is null || _bytes.Capacity > LargestKept)
        {
            _bytes = new(16 << 10);
        }
        _bytes.ResetWrittenCount();
        for (var i = 0; i < values.Count; i++)
        {
            Encoding.UTF8.GetBytes(values[i], _bytes);
        }
        _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        _hash.AppendData(_bytes.WrittenSpan);
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        _hash.GetHashAndReset(hash);
        return Convert.ToHexStringLower(hash);
    }
}
