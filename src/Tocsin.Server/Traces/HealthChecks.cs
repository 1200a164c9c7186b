using Tocsin.Server.Errors;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Traces;

/// <summary>The inbound filter for requests that only ask whether the service lives: they are many and tell nothing. On by default.</summary>
static class HealthChecks
{
    public const string Id = "filtered-transaction";

    static readonly Glob[] Names =
    [
        .. new[]
        {
            "*healthcheck*",
            "*heartbeat*",
            "*/health",
            "*/healthy",
            "*/healthz",
            "*/live",
            "*/livez",
            "*/ready",
            "*/readyz",
            "*/ping",
        }.Select(pattern => Glob.Text(pattern, ignoreCase: true)),
    ];

    public static bool Matches(ProjectOptions options, string? transaction) =>
        transaction is not null && options.Filters.Contains(Id) && Array.Exists(Names, name => name.Matches(transaction));
}
