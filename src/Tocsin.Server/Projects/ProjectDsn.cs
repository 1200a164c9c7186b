using System.Globalization;
using Tocsin.Server.Hosting;

namespace Tocsin.Server.Projects;

/// <summary>The addresses that a key gives its clients, all below the server's own.</summary>
static class ProjectDsn
{
    public static string Public(Uri server, string publicKey, long projectId) => Build(server, publicKey, projectId);

    /// <summary>The old form with a secret, for clients that insist on one.</summary>
    public static string Secret(Uri server, ProjectKey key) => Build(server, $"{key.PublicKey}:{key.SecretKey}", key.ProjectId);

    /// <summary><c>{server}/api/{project}/{path}</c>, with the key in the query where the client cannot send headers.</summary>
    public static string Endpoint(Uri server, long projectId, string path, string? publicKey = null) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{ServerOptions.AddressOf(server)}/api/{projectId}/{path}{(publicKey is null ? "" : $"?sentry_key={publicKey}")}"
        );

    static string Build(Uri server, string user, long projectId) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{server.Scheme}://{user}@{server.Authority}{server.AbsolutePath.TrimEnd('/')}/{projectId}"
        );
}
