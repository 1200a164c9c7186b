using Server.Tests.Hosting;
using Tocsin.Server.Access;
using Tocsin.Server.Access.Tokens;
using Tocsin.Server.Metadata;

namespace Server.Tests.Access.Permissions;

/// <summary>One kind of caller, with what a refusal must look like to it.</summary>
sealed record MatrixCaller(string Name, HttpClient Client, CallerKind Kind)
{
    /// <summary>The one right status when this caller is not let in.</summary>
    public int RefusedWith(RouteRule rule) =>
        Kind switch
        {
            CallerKind.Unknown => 401,
            CallerKind.Stranger when rule is RouteRule.InTenant => 404,
            _ => 403,
        };

    /// <summary>Whether there is any rule by which this caller could come in here.</summary>
    public bool MayEver(RouteRule rule) =>
        rule switch
        {
            RouteRule.Public { ReadsCaller: false } => true,
            RouteRule.Public => Kind != CallerKind.Unknown || Name == "anonymous",
            RouteRule.InTenant => Kind == CallerKind.Known,
            _ => Kind != CallerKind.Unknown,
        };
}

enum CallerKind
{
    /// <summary>Shows nothing that is valid.</summary>
    Unknown,

    /// <summary>Belongs to another organisation.</summary>
    Stranger,
    Known,
}

sealed class MatrixCallers
{
    MatrixCallers(IReadOnlyList<MatrixCaller> all) => All = all;

    public IReadOnlyList<MatrixCaller> All { get; }

    /// <summary>What stands for the names in the patterns.</summary>
    public static IReadOnlyDictionary<string, string> Names { get; } =
        new Dictionary<string, string>
        {
            ["organization"] = "default",
            ["project"] = "default",
            ["team"] = "default",
            ["issue"] = "1",
            ["entry"] = "1",
        };

    public static async Task<MatrixCallers> CreateAsync(TocsinHost host)
    {
        var all = new List<MatrixCaller>();
        void Add(string name, HttpClient client, CallerKind kind) => all.Add(new(name, client, kind));

        // The routes that lead from a thing to its organisation need the thing.
        await host.TracesOfEventsAsync(1, "issue");
        Add("anonymous", host.Anonymous(), CallerKind.Unknown);
        Add("DSN only", Header(host, "Authorization", $"DSN {host.Ready.Dsn}"), CallerKind.Unknown);
        Add("revoked token", await RevokedAsync(host), CallerKind.Unknown);
        Add("expired token", await ExpiredAsync(host), CallerKind.Unknown);
        foreach (var role in Role.All)
        {
            var user = await host.MemberAsync(1, $"{role.Id}@example.com", role);
            Add(role.Id, await host.LoggedInAsync(user), CallerKind.Known);
        }
        var owner = await host.MemberAsync(1, "tokens@example.com", Role.Owner);
        foreach (var scope in Scope.All)
        {
            Add($"user token {scope}", await host.UserTokenAsync(owner, scope), CallerKind.Known);
            Add($"organisation token {scope}", await host.OrganizationTokenAsync(1, scope), CallerKind.Known);
        }
        var other = await host.OrganizationAsync("other");
        var stranger = await host.MemberAsync(other, "stranger@example.com", Role.Owner);
        Add("other organisation's owner", await host.LoggedInAsync(stranger), CallerKind.Stranger);
        Add("other organisation's owner's token", await host.UserTokenAsync(stranger, [.. Scope.All]), CallerKind.Stranger);
        Add("other organisation's token", await host.OrganizationTokenAsync(other, [.. Scope.All]), CallerKind.Stranger);
        Add(
            "user without organisation",
            await host.LoggedInAsync(await host.UserAsync("alone@example.com")),
            CallerKind.Stranger
        );
        return new(all);
    }

    /// <summary>Who came in, in a line: tokens by their scopes, and both kinds of token together where they are alike.</summary>
    public string Describe(IReadOnlyCollection<string> admitted)
    {
        if (admitted.Count == All.Count)
        {
            return "everybody";
        }
        var people = admitted.Where(name => !name.Contains(" token ", StringComparison.Ordinal));
        var user = Scopes("user token ");
        var organization = Scopes("organisation token ");
        string[] tokens = user.SequenceEqual(organization)
            ? [Tokens("tokens", user)]
            : [Tokens("user tokens", user), Tokens("organisation tokens", organization)];
        return string.Join(", ", [.. people, .. tokens.Where(text => text.Length > 0)]);

        List<string> Scopes(string kind) =>
            [.. admitted.Where(name => name.StartsWith(kind, StringComparison.Ordinal)).Select(name => name[kind.Length..])];

        static string Tokens(string kind, List<string> scopes) =>
            scopes.Count == 0 ? ""
            : scopes.Count == Scope.All.Count ? $"all {kind}"
            : $"{kind} with {string.Join(" or ", scopes)}";
    }

    static HttpClient Header(TocsinHost host, string name, string value)
    {
        var client = host.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        return client;
    }

    static async Task<HttpClient> RevokedAsync(TocsinHost host)
    {
        var token = new NewToken("revoked", TokenText.ForUser(), ScopeSet.Every) { OrganizationId = 1 };
        var client = await host.TokenAsync(token);
        var id = (await host.Get<ApiTokens>().OfOrganizationAsync(1, CancellationToken.None))
            .Single(one => one.Name == "revoked")
            .Id;
        await host.Get<ApiTokens>().RevokeOfOrganizationAsync(1, id, CancellationToken.None);
        return client;
    }

    static Task<HttpClient> ExpiredAsync(TocsinHost host) =>
        host.TokenAsync(
            new("expired", TokenText.ForUser(), ScopeSet.Every) { OrganizationId = 1, Expires = Microseconds.Now(host.Time) }
        );
}
