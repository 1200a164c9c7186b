using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Tocsin.Server.Errors.Grouping;

/// <summary>MD5 over the values one after the other, as Sentry does it; a name, not a protection.</summary>
static class GroupHash
{
    const int LargestKept = 256 << 10;

    [ThreadStatic]
    static ArrayBufferWriter<byte>? bytes;

    [ThreadStatic]
    static IncrementalHash? hasher;

    public static string Of(IReadOnlyList<string> values)
    {
        if (bytes is null || bytes.Capacity > LargestKept)
        {
            bytes = new(16 << 10);
        }
        bytes.ResetWrittenCount();
        for (var i = 0; i < values.Count; i++)
        {
            Encoding.UTF8.GetBytes(values[i], bytes);
        }
        hasher ??= IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hasher.AppendData(bytes.WrittenSpan);
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        hasher.GetHashAndReset(hash);
        return Convert.ToHexStringLower(hash);
    }
}
