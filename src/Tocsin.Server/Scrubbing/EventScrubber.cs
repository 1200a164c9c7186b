using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Scrubbing;

/// <summary>
/// Takes secrets out of an event before anything of it can be stored or searched. Which rules hold where is written here, field by field.
/// Left alone: files and addresses of frames, debug images, the browser's own name, ids, and what the project calls safe.
/// </summary>
static class EventScrubber
{
    public static ErrorEvent Scrub(ErrorEvent e, ScrubRules rules)
    {
        if (rules.IsOff)
        {
            return e;
        }
        var pass = new ScrubPass(rules);
        e = e with
        {
            Transaction = pass.Plain("transaction", e.Transaction),
            Culprit = pass.Plain("culprit", e.Culprit),
            LogEntry = e.LogEntry is { } entry ? pass.Under("logentry", entry, part => Message(part, pass)) : null,
            Exceptions = pass.Under("exception.values", e.Exceptions, list => pass.Each(list, one => Exception(one, pass))),
            Threads = pass.Under("threads.values", e.Threads, list => pass.Each(list, one => Thread(one, pass))),
            StackTrace = StackScrubber.Scrub("stacktrace", e.StackTrace, pass),
            Breadcrumbs = pass.Under("breadcrumbs.values", e.Breadcrumbs, list => pass.Each(list, one => Crumb(one, pass))),
            Request = e.Request is { } request ? pass.Under("request", request, part => RequestScrubber.Scrub(part, pass)) : null,
            User = e.User is { } user ? pass.Under("user", user, part => User(part, pass)) : null,
            Sdk = e.Sdk is { Settings: { } settings } sdk ? sdk with { Settings = pass.Bag("sdk", settings) } : e.Sdk,
            Tags = pass.Under("tags", e.Tags, list => Tags(list, pass)),
            Contexts = ContextScrubber.Scrub(e.Contexts, pass),
            Extra = pass.Bag("extra", e.Extra),
            Fingerprint = e.Fingerprint is { } fingerprint
                ? pass.Under("fingerprint", fingerprint, list => pass.Each(list, one => pass.Plain("", one)!))
                : null,
            Template = pass.Bag("template", e.Template),
            SecurityReport = e.SecurityReport is { } report ? Report(e.Type ?? "csp", report, pass) : null,
            Notes = [.. e.Notes.Select(note => Note(note, pass.Rules))],
        };
        return pass.Notes.Count == 0 ? e : e with { Notes = [.. e.Notes, .. pass.Notes] };
    }

    static LogEntry Message(LogEntry entry, ScrubPass pass)
    {
        var message = pass.Message("message", entry.Message);
        var formatted = pass.Message("formatted", entry.Formatted);
        var parameters = pass.Node("params", entry.Params);
        return
            ReferenceEquals(message, entry.Message)
            && ReferenceEquals(formatted, entry.Formatted)
            && ReferenceEquals(parameters, entry.Params)
            ? entry
            : new(message, formatted, parameters);
    }

    static ExceptionValue Exception(ExceptionValue exception, ScrubPass pass)
    {
        var value = pass.Error("value", exception.Value);
        var stack = StackScrubber.Scrub("stacktrace", exception.StackTrace, pass);
        var raw = StackScrubber.Scrub("raw_stacktrace", exception.RawStackTrace, pass);
        var mechanism = exception.Mechanism is { } caught ? pass.Under("mechanism", caught, part => Mechanism(part, pass)) : null;
        return
            ReferenceEquals(value, exception.Value)
            && ReferenceEquals(stack, exception.StackTrace)
            && ReferenceEquals(raw, exception.RawStackTrace)
            && ReferenceEquals(mechanism, exception.Mechanism)
            ? exception
            : exception with
            {
                Value = value,
                StackTrace = stack,
                RawStackTrace = raw,
                Mechanism = mechanism,
            };
    }

    static Mechanism Mechanism(Mechanism mechanism, ScrubPass pass)
    {
        var description = pass.Error("description", mechanism.Description);
        var data = pass.Bag("data", mechanism.Data);
        var meta = pass.Bag("meta", mechanism.Meta);
        return
            ReferenceEquals(description, mechanism.Description)
            && ReferenceEquals(data, mechanism.Data)
            && ReferenceEquals(meta, mechanism.Meta)
            ? mechanism
            : mechanism with
            {
                Description = description,
                Data = data,
                Meta = meta,
            };
    }

    static ThreadValue Thread(ThreadValue thread, ScrubPass pass)
    {
        var name = pass.Plain("name", thread.Name);
        var stack = StackScrubber.Scrub("stacktrace", thread.StackTrace, pass);
        return ReferenceEquals(name, thread.Name) && ReferenceEquals(stack, thread.StackTrace)
            ? thread
            : thread with
            {
                Name = name,
                StackTrace = stack,
            };
    }

    static Breadcrumb Crumb(Breadcrumb crumb, ScrubPass pass)
    {
        var message = pass.Prose("message", crumb.Message);
        var data = pass.Bag("data", crumb.Data);
        return ReferenceEquals(message, crumb.Message) && ReferenceEquals(data, crumb.Data)
            ? crumb
            : crumb with
            {
                Message = message,
                Data = data,
            };
    }

    // Names of people hold any word; only what has the form of a secret goes.
    static EventUser User(EventUser user, ScrubPass pass) =>
        user with
        {
            Id = pass.Plain("id", user.Id),
            Email = pass.Plain("email", user.Email),
            Username = pass.Plain("username", user.Username),
            Name = pass.Plain("name", user.Name),
            IpAddress =
                pass.Rules.ScrubsAddresses && user.IpAddress is { } address
                    ? Gone(pass.Removed("ip_address", address, "@ip"))
                    : user.IpAddress,
            Data = pass.Bag("data", user.Data),
        };

    static string? Gone(string _) => null;

    static IReadOnlyList<EventTag> Tags(IReadOnlyList<EventTag> tags, ScrubPass pass)
    {
        EventTag[]? changed = null;
        for (var i = 0; i < tags.Count; i++)
        {
            var value = pass.Named(tags[i].Key, tags[i].Value);
            if (!ReferenceEquals(value, tags[i].Value))
            {
                (changed ??= [.. tags])[i] = tags[i] with { Value = value };
            }
        }
        return changed ?? tags;
    }

    /// <summary>The policy itself is public and full of hosts called "auth…"; what the page held is not.</summary>
    static JsonObject Report(string type, JsonObject report, ScrubPass pass)
    {
        JsonObject? changed = null;
        foreach (var (name, node) in report)
        {
            if (node is not JsonValue value || !value.TryGetValue(out string? text))
            {
                continue;
            }
            var isContent = name.Contains("sample", StringComparison.Ordinal);
            var scrubbed = pass.Under(type, text, part => (isContent ? pass.Named(name, part) : pass.Plain(name, part))!);
            if (!ReferenceEquals(scrubbed, text))
            {
                (changed ??= (JsonObject)report.DeepClone())[name] = scrubbed;
            }
        }
        return changed ?? report;
    }

    /// <summary>A note holds the value that was refused; it must not keep what the event may not.</summary>
    static FieldNote Note(FieldNote note, ScrubRules rules)
    {
        if (note.Value is not { } value)
        {
            return note;
        }
        var scrubbed = new ScrubPass(rules).Named(note.Path[(note.Path.LastIndexOf('.') + 1)..], value);
        return ReferenceEquals(scrubbed, value)
            ? note
            : note with
            {
                Value = scrubbed == ScrubPass.Filtered ? "\"" + scrubbed + "\"" : scrubbed,
            };
    }
}
