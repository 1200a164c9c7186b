using System.Globalization;
using System.Text.Json.Nodes;
using Dapper;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Issues;

/// <summary>Checks an update's words against Sentry's status model and finds the people and teams it names.</summary>
sealed class IssueUpdateReader(MetadataDb metadata, TimeProvider time)
{
    static readonly string[] Priorities = ["high", "medium", "low"];

    /// <summary>What an archived issue may wait for; numbers except <c>ignoreUntil</c>.</summary>
    static readonly string[] Conditions = ["ignoreCount", "ignoreWindow", "ignoreUserCount", "ignoreUserWindow"];

    /// <summary>Null with an error when a word or a name is wrong.</summary>
    public async Task<(IssueChangeRequest? Change, ApiError? Error)> ReadAsync(
        Tenant tenant,
        IssueUpdate update,
        CancellationToken cancellation
    )
    {
        if (update.Priority is { } priority && !Priorities.Contains(priority))
        {
            return (null, ApiError.Field("priority", $"\"{priority}\" is not a valid choice: high, medium or low."));
        }
        if (!TryStatus(update, out var status, out var error))
        {
            return (null, error);
        }
        IssueAssignment? assignment = null;
        if (update.AssignedTo is { IsPresent: true, Value: var name })
        {
            assignment = string.IsNullOrEmpty(name) ? new(null, null) : await AssigneeAsync(tenant, name, cancellation);
            if (assignment is null)
            {
                return (null, ApiError.Field("assignedTo", $"\"{name}\" is no member or team of this organisation."));
            }
        }
        return (
            new()
            {
                Status = status,
                Assignment = assignment,
                Priority = update.Priority,
                HasSeen = update.HasSeen,
                IsBookmarked = update.IsBookmarked,
                IsSubscribed = update.IsSubscribed,
                Discard = update.Discard == true,
            },
            null
        );
    }

    bool TryStatus(IssueUpdate update, out IssueStatusChange? change, out ApiError? error)
    {
        error = null;
        change = update.Status switch
        {
            null => null,
            "resolved" => new(IssueStatus.Resolved, null, Resolution(update.StatusDetails), "set_resolved"),
            "resolvedInNextRelease" => new(
                IssueStatus.Resolved,
                null,
                new() { ["inNextRelease"] = true },
                "set_resolved_in_release"
            ),
            "unresolved" => new(IssueStatus.Unresolved, update.Substatus ?? IssueStatus.Ongoing, [], "set_unresolved"),
            "ignored" or "muted" or "archived" => Archived(update),
            _ => null,
        };
        if (update.Status is not null && change is null)
        {
            error = ApiError.Field(
                "status",
                $"\"{update.Status}\" is not a valid choice: resolved, resolvedInNextRelease, unresolved or ignored."
            );
            return false;
        }
        return true;
    }

    static JsonObject Resolution(JsonObject? asked)
    {
        var details = new JsonObject();
        foreach (var key in (string[])["inRelease", "inNextRelease", "inCommit"])
        {
            if (asked?[key] is { } value)
            {
                details[key] = value.DeepClone();
            }
        }
        return details;
    }

    /// <summary>Durations become moments, so that what is stored can be read without knowing when it was asked.</summary>
    IssueStatusChange Archived(IssueUpdate update)
    {
        var details = new JsonObject();
        if (Minutes(update) is { } minutes and > 0)
        {
            details["ignoreUntil"] = time.GetUtcNow().AddMinutes(minutes).UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        }
        foreach (var key in Conditions)
        {
            if (update.StatusDetails?[key] is JsonValue value && value.TryGetValue<long>(out var number) && number > 0)
            {
                details[key] = number;
            }
        }
        var substatus =
            details.Count > 0 ? IssueStatus.ArchivedUntilConditionMet
            : update.Substatus is IssueStatus.ArchivedUntilEscalating ? IssueStatus.ArchivedUntilEscalating
            : IssueStatus.ArchivedForever;
        return new(IssueStatus.Ignored, substatus, details, "set_ignored");
    }

    static long? Minutes(IssueUpdate update) =>
        update.StatusDetails?["ignoreDuration"] is JsonValue value && value.TryGetValue<long>(out var minutes)
            ? minutes
            : update.SnoozeDuration;

    async Task<IssueAssignment?> AssigneeAsync(Tenant tenant, string name, CancellationToken cancellation)
    {
        if (name == "me")
        {
            return tenant.UserId is { } me ? new(me, null) : null;
        }
        var (kind, rest) =
            name.Split(':', 2) is [var before, var after] ? (before, after)
            : name[0] == '#' ? ("#", name[1..])
            : ("", name);
        await using var connection = await metadata.OpenAsync(cancellation);
        var organization = tenant.Organization.Id;
        long.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (kind is "team" or "#")
        {
            const string team = "SELECT id FROM teams WHERE organization_id = @organization AND (id = @number OR slug = @rest)";
            var found = await connection.QueryFirstOrDefaultAsync<long?>(
                team,
                new
                {
                    organization,
                    number,
                    rest,
                }
            );
            return found is { } id ? new(null, id) : null;
        }
        const string member = """
            SELECT u.id FROM users u JOIN members m ON m.user_id = u.id
            WHERE m.organization_id = @organization AND (u.id = @number OR u.normalized_email = @email)
            """;
        var user = await connection.QueryFirstOrDefaultAsync<long?>(
            member,
            new
            {
                organization,
                number,
                email = rest.ToUpperInvariant(),
            }
        );
        return user is { } userId ? new(userId, null) : null;
    }
}
