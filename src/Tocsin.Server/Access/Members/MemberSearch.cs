namespace Tocsin.Server.Access.Members;

/// <summary>What people type into the search for members, as Sentry reads it: words, and <c>key:value</c> for what a member is.</summary>
static class MemberSearch
{
    public const string Problem =
        "Invalid query: words, email:, role: and isInvited:true or isInvited:false can be searched for.";

    /// <summary>Null: it asks for something that there is not.</summary>
    public static MemberFilter? Read(string? query)
    {
        var filter = new MemberFilter();
        var words = new List<string>();
        foreach (var part in (query ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = part.IndexOf(':') is >= 0 and var colon
                ? (part[..colon], part[(colon + 1)..].Trim('"'))
                : ("", part);
            switch (key.ToLowerInvariant())
            {
                case "":
                    words.Add(value);
                    break;
                case "email":
                    filter = filter with { Emails = [.. filter.Emails, value.ToLowerInvariant()] };
                    break;
                case "role":
                    filter = filter with { Roles = [.. filter.Roles, value.ToLowerInvariant()] };
                    break;
                case "isinvited" when bool.TryParse(value, out var isInvited):
                    filter = filter with { IsInvited = isInvited };
                    break;
                default:
                    return null;
            }
        }
        return filter with { Query = string.Join(' ', words) };
    }
}
