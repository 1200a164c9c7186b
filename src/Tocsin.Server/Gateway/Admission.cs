using Microsoft.Extensions.Primitives;
using Tocsin.Protocol;
using Tocsin.Protocol.Envelopes;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Gateway;

/// <summary>Decides by key and project who may come in. Only memory is asked.</summary>
sealed class Admission(ProjectDirectory projects)
{
    /// <summary>
    /// By the forms outside the body. <see cref="Refusal.MissingAuthorization"/> is final for all doors but the envelope's, whose
    /// header may still name a DSN.
    /// </summary>
    public Refusal? Admit(Arrival arrival)
    {
        var request = arrival.Http.Request;
        if (!TryProject(request, out var projectId))
        {
            return Refusals.BadProject;
        }
        arrival.ProjectInPath = projectId;
        return AuthHeader.TryRead(
            Text(request.Headers["X-Sentry-Auth"]),
            Text(request.Headers.Authorization),
            request.QueryString.Value,
            request.RouteValues["key"] as string,
            out var auth,
            out var refusal,
            takesBearer: arrival.Door == Door.Otlp
        )
            ? Admit(arrival, auth)
            : refusal;
    }

    /// <summary>
    /// By the DSN of the envelope's header. Beside another form it must say the same: otherwise it would depend on the server
    /// which of two projects gets the event.
    /// </summary>
    public Refusal? Admit(Arrival arrival, EnvelopeHeader header)
    {
        if (!Dsn.TryParse(header.Dsn, out var dsn))
        {
            return arrival.Sender is null ? Refusal.MissingAuthorization : null;
        }
        if (!AuthHeader.TryRead(dsn, out var auth, out var refusal))
        {
            return refusal;
        }
        if (arrival.Sender is { } sender)
        {
            return auth.PublicKey != sender.Key.PublicKey
                    ? Refusal.InvalidEnvelope("public key header mismatch between envelope and request")
                : dsn.ProjectId != sender.Project.Id
                    ? Refusal.InvalidEnvelope("project id header mismatch between envelope and request")
                : null;
        }
        if (arrival.ProjectInPath is { } inPath && inPath != dsn.ProjectId)
        {
            return Refusals.ProjectId;
        }
        arrival.ProjectInPath = dsn.ProjectId;
        return Admit(arrival, auth);
    }

    Refusal? Admit(Arrival arrival, ClientAuth auth)
    {
        arrival.Client = auth.Client;
        if (projects.Find(auth.PublicKey) is not { } found)
        {
            // The statistics of the project that was meant show that someone sends with a wrong key.
            arrival.Suspect = arrival.ProjectInPath is { } id && projects.Get(id) is { } meant ? (meant.Id, null) : null;
            return Refusals.ProjectId;
        }
        if (!found.Key.IsActive || !found.Project.IsActive || (arrival.ProjectInPath ?? found.Project.Id) != found.Project.Id)
        {
            arrival.Suspect = (found.Project.Id, found.Key.Id);
            return Refusals.ProjectId;
        }
        arrival.Sender = found;
        return null;
    }

    static bool TryProject(HttpRequest request, out long? projectId)
    {
        projectId = null;
        if (request.RouteValues["project"] is not string text)
        {
            return true;
        }
        var valid = Dsn.TryParseProjectId(text, out var parsed);
        projectId = parsed;
        return valid;
    }

    static string? Text(StringValues values) => values.Count == 0 ? null : values.ToString();
}
