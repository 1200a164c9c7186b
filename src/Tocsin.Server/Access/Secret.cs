using System.Security.Cryptography;
using System.Text;

namespace Tocsin.Server.Access;

/// <summary>
/// Values that prove something by being known: sessions, tokens, invitations, the set-up link. 256 bits of chance each; only the
/// SHA-256 is stored, which needs no salt or slow hash because there is nothing to guess.
/// </summary>
static class Secret
{
    /// <summary>64 hex digits.</summary>
    public static string New() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
