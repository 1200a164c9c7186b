using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tocsin.Server.Hosting;

namespace Tocsin.Server.Access.Tokens;

/// <summary>How tokens are written, so that Sentry's clients and secret scanners know them.</summary>
static class TokenText
{
    public static string ForUser() => $"sntryu_{Secret.New()}";

    /// <summary>
    /// Three parts: the prefix, base64 of a JSON that tells the command line where to go and for whom, base64 of 32 random bytes
    /// without padding.
    /// </summary>
    public static string ForOrganization(Uri server, string organization, DateTimeOffset now)
    {
        var url = ServerOptions.AddressOf(server);
        var body = new TokenAddress(now.ToUnixTimeMilliseconds() / 1000.0, url, url, organization);
        var json = JsonSerializer.SerializeToUtf8Bytes(body, TokenJson.Default.TokenAddress);
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=');
        return $"sntrys_{Convert.ToBase64String(json)}_{secret}";
    }
}

sealed record TokenAddress(double Iat, string Url, string RegionUrl, string Org);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TokenAddress))]
sealed partial class TokenJson : JsonSerializerContext;
