namespace Tocsin.Server.Explore.Reading;

/// <summary>
/// A span keeps its user as one text, the strongest identifier that the client gave: <c>id:7</c>, <c>email:ann@example.com</c>. Here are the names
/// under which clients ask for its kinds.
/// </summary>
static class UserKinds
{
    /// <summary><c>email</c> for <c>user.email</c>; null: the name is none of a kind.</summary>
    public static string? Named(string name) =>
        name switch
        {
            "user.id" => "id",
            "user.email" => "email",
            "user.username" or "user.name" => "username",
            "user.ip" or "user.ip_address" => "ip",
            _ => null,
        };

    /// <summary>The identifier without its kind; null: the user is known by another kind than the one asked for.</summary>
    public static string? Part(string user, string? kind)
    {
        var end = user.IndexOf(':', StringComparison.Ordinal);
        return kind is null || user[..Math.Max(end, 0)] == kind ? user[(end + 1)..] : null;
    }
}
