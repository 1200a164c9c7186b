using Tocsin.Protocol.Events;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Errors.Filters;

/// <summary>A normalised event before scrubbing, its project's wishes, and who sent it.</summary>
sealed record FilterSubject(ErrorEvent Event, ProjectOptions Options, string? ClientAddress)
{
    public string? UserAgent { get; } = UserAgents.UserAgent.Header(Event.Request?.Headers ?? [], "User-Agent");

    public string? Header(string name) => UserAgents.UserAgent.Header(Event.Request?.Headers ?? [], name);
}
