namespace Tocsin.Server.Access.Users;

/// <summary>A person. The setters are Identity's: its managers fill a user before the store keeps it.</summary>
sealed class User
{
    public long Id { get; set; }
    public string Email { get; set; } = "";

    /// <summary>What makes two addresses the same: upper case.</summary>
    public string NormalizedEmail { get; set; } = "";
    public string Name { get; set; } = "";

    /// <summary>Null: no login by password.</summary>
    public string? PasswordHash { get; set; }
    public string SecurityStamp { get; set; } = "";
    public bool IsActive { get; set; } = true;
    public bool IsSuperuser { get; set; }
    public long Created { get; set; }
    public long? LastLogin { get; set; }

    public string DisplayName => Name.Length > 0 ? Name : Email;
}
