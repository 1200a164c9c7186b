using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Reading;

/// <summary>Reads an attribute that only one kind of event has; false, and nothing read: it is none of them.</summary>
delegate bool OwnAttribute(ref JsonCursor cursor);

/// <summary>The event itself: which attribute is read how.</summary>
static class EventFields
{
    const string LegacyPrefix = "sentry.interfaces.";
    const int MostUnknown = 50;

    /// <param name="own">What this kind of event has beyond the others; null: nothing.</param>
    public static ErrorEvent Read(ref JsonCursor cursor, FieldNotes notes, OwnAttribute? own = null)
    {
        var read = new ErrorEvent();
        LogEntry? message = null;
        var unknown = 0;
        cursor.Open();
        while (cursor.NextProperty())
        {
            switch (NameOf(ref cursor))
            {
                case var _ when own is not null && own(ref cursor):
                    break;
                case "message":
                    message = LogEntryReader.Read(ref cursor) ?? message;
                    break;
                case "errors":
                    ReadErrors(ref cursor, notes);
                    break;
                case "_meta":
                    MetaReader.Read(ref cursor, notes);
                    break;
                case var name when IsOfOthers(name):
                    cursor.Skip();
                    break;
                case var name:
                    var changed = ReadInterface(ref cursor, name, read) ?? ReadAttribute(ref cursor, name, read);
                    if (changed is null && ++unknown <= MostUnknown)
                    {
                        cursor.SetAside("unknown attribute", "invalid_attribute");
                    }
                    else if (changed is null)
                    {
                        cursor.Skip();
                    }
                    read = changed ?? read;
                    break;
            }
        }
        return read with { LogEntry = LogEntryReader.Join(read.LogEntry, message), Notes = notes.ToList() };
    }

    static ErrorEvent? ReadAttribute(ref JsonCursor cursor, scoped ReadOnlySpan<char> name, ErrorEvent read) =>
        name switch
        {
            "event_id" => read with { Id = ReadId(ref cursor) },
            "type" => read with { Type = cursor.Text() },
            "timestamp" => read with { Timestamp = cursor.Time() },
            "received" => read with { Received = cursor.Time() },
            "platform" => read with { Platform = cursor.Text() },
            "level" => read with { Level = LevelName.Read(ref cursor) },
            "logger" => read with { Logger = cursor.Text() },
            "transaction" => read with { Transaction = cursor.Text() },
            "transaction_info" => read with { TransactionSource = ReadSource(ref cursor) },
            "server_name" => read with { ServerName = cursor.Text() },
            "site" => read with { Site = cursor.Text() },
            "release" => read with { Release = cursor.Text() },
            "dist" => read with { Dist = cursor.Text() },
            "environment" => read with { Environment = cursor.Text() },
            "culprit" => read with { Culprit = cursor.Text() },
            "checksum" => read with { Checksum = cursor.Text() },
            "time_spent" => read with { TimeSpent = cursor.Integer() },
            "fingerprint" => read with { Fingerprint = ElementList.ReadTexts(ref cursor) is { Count: > 0 } parts ? parts : null },
            "tags" => read with { Tags = TagReader.Read(ref cursor) },
            "extra" => read with { Extra = cursor.Object() },
            "modules" => read with { Modules = ReadModules(ref cursor) },
            _ => null,
        };

    /// <summary>An interface may come twice, under its name and its legacy name: an empty one never replaces the other.</summary>
    static ErrorEvent? ReadInterface(ref JsonCursor cursor, scoped ReadOnlySpan<char> name, ErrorEvent read) =>
        name switch
        {
            "logentry" => read with { LogEntry = LogEntryReader.Read(ref cursor) ?? read.LogEntry },
            "exception" => read with
            {
                Exceptions = Pick(ElementList.ReadValues(ref cursor, ExceptionReader.Read), read.Exceptions),
            },
            "stacktrace" => read with { StackTrace = StackTraceReader.Read(ref cursor) ?? read.StackTrace },
            "threads" => read with { Threads = Pick(ElementList.ReadValues(ref cursor, ThreadReader.Read), read.Threads) },
            "breadcrumbs" => read with
            {
                Breadcrumbs = Pick(ElementList.ReadValues(ref cursor, BreadcrumbReader.Read), read.Breadcrumbs),
            },
            "request" => read with { Request = RequestReader.Read(ref cursor) ?? read.Request },
            "user" => read with { User = UserReader.Read(ref cursor) ?? read.User },
            "sdk" => read with { Sdk = SdkReader.Read(ref cursor) ?? read.Sdk },
            "debug_meta" => read with { DebugMeta = DebugMetaReader.Read(ref cursor) ?? read.DebugMeta },
            "contexts" => read with { Contexts = ContextReader.Read(ref cursor) ?? read.Contexts },
            "template" => read with { Template = cursor.Object() ?? read.Template },
            "csp" or "hpkp" or "expectct" or "expectstaple" => ReadReport(ref cursor, name.ToString(), read),
            _ => null,
        };

    /// <summary>Legacy names become today's, in notes too.</summary>
    static ReadOnlySpan<char> NameOf(ref JsonCursor cursor)
    {
        if (!cursor.Name.StartsWith(LegacyPrefix))
        {
            return cursor.Name;
        }
        var today = cursor.Name[LegacyPrefix.Length..] switch
        {
            "Exception" => "exception",
            "Stacktrace" => "stacktrace",
            "Threads" => "threads",
            "Http" => "request",
            "User" => "user",
            "Message" => "logentry",
            "Contexts" => "contexts",
            "Breadcrumbs" => "breadcrumbs",
            "Template" => "template",
            "Sdk" => "sdk",
            "DebugMeta" => "debug_meta",
            "Csp" => "csp",
            "Hpkp" => "hpkp",
            "ExpectCT" => "expectct",
            "ExpectStaple" => "expectstaple",
            _ => null,
        };
        if (today is null)
        {
            return cursor.Name;
        }
        cursor.CallIt(today);
        return today;
    }

    /// <summary>Attributes that belong to transactions or to servers between the client and us.</summary>
    static bool IsOfOthers(ReadOnlySpan<char> name) =>
        name
            is "spans"
                or "measurements"
                or "breakdowns"
                or "start_timestamp"
                or "project"
                or "version"
                or "key_id"
                or "repos"
                or "ingest_path"
                or "client_sample_rate"
                or "scraping_attempts"
        || name.StartsWith('_');

    static EventId? ReadId(ref JsonCursor cursor)
    {
        if (cursor.IsNull)
        {
            return null;
        }
        if (cursor.Token == JsonTokenType.String && EventId.TryParse(cursor.PeekText(), out var id))
        {
            return id;
        }
        cursor.SetAside("expected 32 hex digits");
        return null;
    }

    static string? ReadSource(ref JsonCursor cursor)
    {
        string? source = null;
        if (cursor.OpenObject())
        {
            while (cursor.NextProperty())
            {
                source = cursor.Name is "source" ? cursor.Text() : cursor.Skip(source);
            }
        }
        return source;
    }

    static Dictionary<string, string?> ReadModules(ref JsonCursor cursor)
    {
        var pairs = PairList.Read(ref cursor);
        var modules = new Dictionary<string, string?>(pairs.Count, StringComparer.Ordinal);
        foreach (var (name, version) in pairs)
        {
            modules[name] = version;
        }
        return modules;
    }

    static ErrorEvent ReadReport(ref JsonCursor cursor, string type, ErrorEvent read) =>
        cursor.Object() is { } report ? read with { SecurityReport = report, Type = read.Type ?? type } : read;

    /// <summary>Faults that a server before us found: <c>[{"type", "name", "value"}]</c>.</summary>
    static void ReadErrors(ref JsonCursor cursor, FieldNotes notes)
    {
        foreach (var error in ElementList.Read(ref cursor, static (ref element) => element.Object()))
        {
            notes.Add(
                new FieldNote(error["name"]?.ToString() ?? "", error["type"]?.ToString() ?? "", error["value"]?.ToJsonString())
            );
        }
    }

    static IReadOnlyList<T> Pick<T>(IReadOnlyList<T> read, IReadOnlyList<T> before) => read.Count > 0 ? read : before;
}
