using System.Net.Mail;

namespace Tocsin.Server.Access.Users;

static class EmailAddress
{
    /// <summary>The address without spaces around it; null when it is none.</summary>
    public static string? Parse(string? text) =>
        text?.Trim() is { Length: > 2 and <= 254 } address
        && MailAddress.TryCreate(address, out var parsed)
        && parsed.Address == address
            ? address
            : null;

    public static string Normalize(string address) => address.Trim().ToUpperInvariant();
}
