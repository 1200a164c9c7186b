using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Shapes;

/// <summary>An event's interfaces as API entries, in the order in which a person reads them.</summary>
static class EntryMapping
{
    /// <summary>The entry with the payload field it comes from, so that remarks can be put beside it.</summary>
    public static IReadOnlyList<(string Field, EventEntry Entry)> Entries(ErrorEvent source)
    {
        var entries = new List<(string, EventEntry)>();
        if (source.LogEntry is { } log)
        {
            entries.Add(("logentry", new MessageEntry(new(log.Formatted ?? log.Message, log.Message, log.Params?.DeepClone()))));
        }
        if (source.Exceptions.Count > 0)
        {
            var values = source.Exceptions.Select(Exception).ToList();
            entries.Add(("exception", new ExceptionEntry(new(values, values.Any(HasSystemFrames), null))));
        }
        if (source.StackTrace is { } stack)
        {
            entries.Add(("stacktrace", new StackTraceEntry(StackTraceMapping.Stack(stack))));
        }
        if (source.Threads.Count > 0)
        {
            entries.Add(("threads", new ThreadsEntry(new([.. source.Threads.Select(Thread)]))));
        }
        if (source.Template is { } template)
        {
            entries.Add(("template", new TemplateEntry(Clone(template)!)));
        }
        if (source.SecurityReport is { } report)
        {
            entries.Add(("csp", new SecurityEntry(Clone(report)!)));
        }
        if (source.Request is { } request)
        {
            entries.Add(("request", new RequestEntry(Request(request))));
        }
        if (source.Breadcrumbs.Count > 0)
        {
            entries.Add(("breadcrumbs", new BreadcrumbsEntry(new([.. source.Breadcrumbs.Select(Crumb)]))));
        }
        if (source.DebugMeta is { Images.Count: > 0 } debug)
        {
            entries.Add(
                ("debug_meta", new DebugMetaEntry(new([.. debug.Images.Select(image => Clone(image)!)], Clone(debug.SdkInfo))))
            );
        }
        return entries;
    }

    static bool HasSystemFrames(ExceptionShape exception) => exception.Stacktrace?.HasSystemFrames == true;

    static ExceptionShape Exception(ExceptionValue value) =>
        new()
        {
            Type = value.Type,
            Value = value.Value,
            Module = value.Module,
            ThreadId = value.ThreadId,
            Mechanism = value.Mechanism is { } mechanism ? Mechanism(mechanism) : null,
            Stacktrace = value.StackTrace is { } stack ? StackTraceMapping.Stack(stack) : null,
            RawStacktrace = value.RawStackTrace is { } raw ? StackTraceMapping.Stack(raw) : null,
        };

    static MechanismShape Mechanism(Mechanism mechanism) =>
        new()
        {
            Type = mechanism.Type,
            Description = mechanism.Description,
            HelpLink = mechanism.HelpLink,
            Handled = mechanism.Handled,
            Synthetic = mechanism.Synthetic,
            Source = mechanism.Source,
            ExceptionId = mechanism.ExceptionId,
            ParentId = mechanism.ParentId,
            IsExceptionGroup = mechanism.IsExceptionGroup,
            Data = Clone(mechanism.Data),
            Meta = Clone(mechanism.Meta),
        };

    static ThreadShape Thread(ThreadValue thread) =>
        new()
        {
            Id = thread.Id,
            Name = thread.Name,
            State = thread.State,
            Crashed = thread.Crashed == true,
            Current = thread.Current == true,
            Main = thread.Main,
            Stacktrace = thread.StackTrace is { } stack ? StackTraceMapping.Stack(stack) : null,
        };

    static BreadcrumbShape Crumb(Breadcrumb crumb) =>
        new(
            crumb.Timestamp,
            crumb.Type ?? "default",
            crumb.Category,
            crumb.Level ?? "info",
            crumb.Message,
            crumb.Data?.ToObject(),
            crumb.EventId
        );

    static RequestShape Request(EventRequest request) =>
        new()
        {
            Method = request.Method,
            Url = request.Url,
            Query = Pairs(request.Query),
            Fragment = request.Fragment,
            Data = request.Data?.DeepClone(),
            Headers = Pairs(request.Headers),
            Cookies = Pairs(request.Cookies),
            Env = Clone(request.Env),
            InferredContentType = request.InferredContentType,
            ApiTarget = request.ApiTarget,
        };

    static IReadOnlyList<IReadOnlyList<string?>> Pairs(IReadOnlyList<NameValue> pairs) =>
        [.. pairs.Select(IReadOnlyList<string?> (pair) => [pair.Name, pair.Value])];

    static JsonObject? Clone(JsonObject? source) => source?.DeepClone().AsObject();
}
