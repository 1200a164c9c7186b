using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors;

/// <summary>One text that names a user across events: the strongest identifier the client gave.</summary>
static class UserKey
{
    public static string? Of(EventUser? user) =>
        user switch
        {
            null => null,
            { Id.Length: > 0 } => "id:" + user.Id,
            { Username.Length: > 0 } => "username:" + user.Username,
            { Email.Length: > 0 } => "email:" + user.Email,
            { IpAddress.Length: > 0 } => "ip:" + user.IpAddress,
            _ => null,
        };
}
