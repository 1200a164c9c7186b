using System.Security.Cryptography;
using System.Text;

namespace Tocsin.Server.Errors.Grouping;

/// <summary>MD5 over the values one after the other, as Sentry does it; a name, not a protection.</summary>
static class GroupHash
{
    public static string Of(IEnumerable<string> values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var value in values)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(value));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
