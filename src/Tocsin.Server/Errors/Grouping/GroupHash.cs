using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Tocsin.Server.Errors.Grouping;

/// <summary>MD5 over the values one after the other, as Sentry does it; a name, not a protection.</summary>
static class GroupHash
{
    public static string Of(IEnumerable<string> values)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        foreach (var value in values)
        {
            Encoding.UTF8.GetBytes(value, bytes);
        }
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(bytes.WrittenSpan);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
