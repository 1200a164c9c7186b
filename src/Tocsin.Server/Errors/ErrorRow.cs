using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Server.Metadata;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Errors;

/// <summary>A normalised event as columns, still without its issue and the place of its body.</summary>
static class ErrorRow
{
    /// <param name="e">Normalised: id, times, level and type are set.</param>
    public static EventRow Of(ErrorEvent e, long projectId, string title, string culprit, int? mainException)
    {
        var exception = EventFrames.MainException(e, mainException);
        var trace = e.Contexts?["trace"] as JsonObject;
        var frames = StackNames.Telling(e);
        var files = StackNames.Of(frames, frame => frame.Filename ?? frame.AbsPath);
        var paths = StackNames.Of(frames, frame => frame.AbsPath ?? frame.Filename);
        return new()
        {
            ProjectId = projectId,
            EventId = e.Id!.Value.Value,
            IssueId = 0,
            Timestamp = Microseconds.From(e.Timestamp!.Value),
            Received = Microseconds.From(e.Received!.Value),
            Type = e.Type!,
            Level = e.Level!,
            Platform = e.Platform ?? "other",
            Environment = e.Environment,
            Release = e.Release,
            Dist = e.Dist,
            Transaction = e.Transaction,
            Title = title,
            Culprit = culprit,
            Message = e.LogEntry?.Formatted ?? e.LogEntry?.Message,
            ErrorType = exception?.Type,
            ErrorValue = exception?.Value,
            Handled = IssuePriority.Handled(e),
            Logger = e.Logger,
            ServerName = Tag(e, "server_name"),
            Url = e.Request?.Url,
            User = UserKey.Of(e.User),
            UserId = e.User?.Id,
            UserEmail = e.User?.Email,
            UserName = e.User?.Username ?? e.User?.Name,
            UserIp = e.User?.IpAddress,
            SdkName = e.Sdk?.Name,
            SdkVersion = e.Sdk?.Version,
            TraceId = Hex<UInt128>(trace?["trace_id"], 32),
            SpanId = unchecked((long?)Hex<ulong>(trace?["span_id"], 16)),
            Tags = TagsJson(e.Tags),
            StackFiles = files,
            StackPaths = paths == files ? null : paths,
            StackFunctions = StackNames.Of(frames, frame => frame.Function),
            StackModules = StackNames.Of(frames, frame => frame.Module),
        };
    }

    static string? Tag(ErrorEvent e, string key) => e.Tags.FirstOrDefault(tag => tag.Key == key)?.Value;

    static string TagsJson(IReadOnlyList<EventTag> tags)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var tag in tags)
            {
                if (tag.Value is not null)
                {
                    writer.WriteString(tag.Key, tag.Value);
                }
            }
            writer.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    static T? Hex<T>(JsonNode? node, int digits)
        where T : struct, System.Numerics.IBinaryInteger<T>
    {
        if (node is not JsonValue value || !value.TryGetValue(out string? text))
        {
            return null;
        }
        var hex = text.Contains('-', StringComparison.Ordinal) ? text.Replace("-", "", StringComparison.Ordinal) : text;
        return
            hex.Length == digits
            && T.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            && !T.IsZero(number)
            ? number
            : null;
    }
}
