using System.Globalization;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access.Users;

/// <summary>A person as others see them.</summary>
sealed record UserShape
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Username { get; init; }
    public required string Email { get; init; }
    public required bool IsActive { get; init; }
    public required bool IsSuperuser { get; init; }
    public required bool HasPasswordAuth { get; init; }
    public required DateTime DateJoined { get; init; }
    public required DateTime? LastLogin { get; init; }

    public static UserShape Of(User user) =>
        new()
        {
            Id = user.Id.ToString(CultureInfo.InvariantCulture),
            Name = user.DisplayName,
            Username = user.Email,
            Email = user.Email,
            IsActive = user.IsActive,
            IsSuperuser = user.IsSuperuser,
            HasPasswordAuth = user.PasswordHash is not null,
            DateJoined = Microseconds.ToUtc(user.Created),
            LastLogin = Microseconds.ToUtc(user.LastLogin),
        };
}
