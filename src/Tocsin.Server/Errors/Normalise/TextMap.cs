using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

/// <summary>The parts of <see cref="EventTexts.Map"/>, one per interface.</summary>
sealed class TextMap(Func<string, string> change)
{
    public string? Text(string? text) => text is null ? null : change(text);

    public bool Same(string? text) => text is null || ReferenceEquals(change(text), text);

    public IReadOnlyList<string> Texts(IReadOnlyList<string> texts) => Each(texts, change);

#pragma warning disable CA1822 // Reads as one of the map's verbs.
    public IReadOnlyList<T> Each<T>(IReadOnlyList<T> list, Func<T, T> one)
        where T : class
    {
        T[]? changed = null;
        for (var i = 0; i < list.Count; i++)
        {
            var now = one(list[i]);
            if (changed is null && !ReferenceEquals(now, list[i]))
            {
                changed = [.. list];
            }
            if (changed is not null)
            {
                changed[i] = now;
            }
        }
        return changed ?? list;
    }
#pragma warning restore CA1822

    public JsonObject? Bag(JsonObject? bag) => (JsonObject?)Node(bag);

    public RawBag? Bag(RawBag? bag)
    {
        if (bag is null)
        {
            return null;
        }
        var tree = bag.ToObject();
        return IsClean(tree) ? bag : RawBag.Of((JsonObject)Rebuilt(tree));
    }

    public JsonNode? Node(JsonNode? node) => node is null || IsClean(node) ? node : Rebuilt(node);

    public ExceptionValue Exception(ExceptionValue value) =>
        Same(value.Type)
        && Same(value.Value)
        && Same(value.Module)
        && IsClean(value.Mechanism)
        && IsClean(value.StackTrace)
        && IsClean(value.RawStackTrace)
            ? value
            : value with
            {
                Type = Text(value.Type),
                Value = Text(value.Value),
                Module = Text(value.Module),
                Mechanism = Mechanism(value.Mechanism),
                StackTrace = Stack(value.StackTrace),
                RawStackTrace = Stack(value.RawStackTrace),
            };

    public ThreadValue Thread(ThreadValue thread)
    {
        var stack = Stack(thread.StackTrace);
        return Same(thread.Name) && ReferenceEquals(stack, thread.StackTrace)
            ? thread
            : thread with
            {
                Name = Text(thread.Name),
                StackTrace = stack,
            };
    }

    public Breadcrumb Crumb(Breadcrumb crumb)
    {
        var data = Bag(crumb.Data);
        return Same(crumb.Message) && Same(crumb.Category) && Same(crumb.Type) && ReferenceEquals(data, crumb.Data)
            ? crumb
            : crumb with
            {
                Message = Text(crumb.Message),
                Category = Text(crumb.Category),
                Type = Text(crumb.Type),
                Data = data,
            };
    }

    public StackTrace? Stack(StackTrace? stack)
    {
        if (stack is null)
        {
            return null;
        }
        var frames = Each(stack.Frames, Frame);
        return ReferenceEquals(frames, stack.Frames) ? stack : stack with { Frames = frames };
    }

    public EventRequest? Request(EventRequest? request) =>
        request is null
            ? null
            : request with
            {
                Method = Text(request.Method),
                Url = Text(request.Url),
                Query = Each(request.Query, Pair),
                Fragment = Text(request.Fragment),
                Headers = Each(request.Headers, Pair),
                Cookies = Each(request.Cookies, Pair),
                Data = Node(request.Data),
                InferredContentType = Text(request.InferredContentType),
                Env = Bag(request.Env),
                ApiTarget = Text(request.ApiTarget),
                Protocol = Text(request.Protocol),
            };

    public EventUser? User(EventUser? user) =>
        user is null
            ? null
            : user with
            {
                Id = Text(user.Id),
                Email = Text(user.Email),
                IpAddress = Text(user.IpAddress),
                Username = Text(user.Username),
                Name = Text(user.Name),
                Segment = Text(user.Segment),
                Geo = Bag(user.Geo),
                Data = Bag(user.Data),
            };

    public SdkDescription? Sdk(SdkDescription? sdk) =>
        sdk is null
            ? null
            : sdk with
            {
                Name = Text(sdk.Name),
                Version = Text(sdk.Version),
                Integrations = Texts(sdk.Integrations),
                Features = Texts(sdk.Features),
                Settings = Bag(sdk.Settings),
            };

    public IReadOnlyDictionary<string, string?> Modules(IReadOnlyDictionary<string, string?> modules)
    {
        foreach (var (name, version) in modules)
        {
            if (!Same(name) || !Same(version))
            {
                return modules
                    .DistinctBy(module => change(module.Key))
                    .ToDictionary(module => change(module.Key), module => Text(module.Value), StringComparer.Ordinal);
            }
        }
        return modules;
    }

    NameValue Pair(NameValue pair) => Same(pair.Name) && Same(pair.Value) ? pair : new(change(pair.Name), Text(pair.Value));

    Mechanism? Mechanism(Mechanism? mechanism) =>
        mechanism is null
            ? null
            : mechanism with
            {
                Type = change(mechanism.Type),
                Description = Text(mechanism.Description),
                HelpLink = Text(mechanism.HelpLink),
                Source = Text(mechanism.Source),
                Data = Bag(mechanism.Data),
                Meta = Bag(mechanism.Meta),
            };

    Frame Frame(Frame frame)
    {
        var pre = Texts(frame.PreContext);
        var post = Texts(frame.PostContext);
        var vars = Bag(frame.Vars);
        var same =
            Same(frame.Filename)
            && Same(frame.AbsPath)
            && Same(frame.Module)
            && Same(frame.Function)
            && Same(frame.RawFunction)
            && Same(frame.Symbol)
            && Same(frame.Package)
            && Same(frame.ContextLine)
            && ReferenceEquals(pre, frame.PreContext)
            && ReferenceEquals(post, frame.PostContext)
            && ReferenceEquals(vars, frame.Vars);
        return same
            ? frame
            : frame with
            {
                Filename = Text(frame.Filename),
                AbsPath = Text(frame.AbsPath),
                Module = Text(frame.Module),
                Function = Text(frame.Function),
                RawFunction = Text(frame.RawFunction),
                Symbol = Text(frame.Symbol),
                Package = Text(frame.Package),
                ContextLine = Text(frame.ContextLine),
                PreContext = pre,
                PostContext = post,
                Vars = vars,
            };
    }

    bool IsClean(StackTrace? stack) => ReferenceEquals(Stack(stack), stack);

    bool IsClean(Mechanism? mechanism) =>
        mechanism is null
        || (
            Same(mechanism.Type)
            && Same(mechanism.Description)
            && Same(mechanism.HelpLink)
            && Same(mechanism.Source)
            && (mechanism.Data is null || IsClean(mechanism.Data))
            && (mechanism.Meta is null || IsClean(mechanism.Meta))
        );

    bool IsClean(JsonNode node)
    {
        switch (node)
        {
            case JsonObject bag:
                foreach (var (name, value) in bag)
                {
                    if (!Same(name) || (value is not null && !IsClean(value)))
                    {
                        return false;
                    }
                }
                return true;
            case JsonArray list:
                foreach (var value in list)
                {
                    if (value is not null && !IsClean(value))
                    {
                        return false;
                    }
                }
                return true;
            default:
                return !node.AsValue().TryGetValue(out string? text) || Same(text);
        }
    }

    JsonNode Rebuilt(JsonNode node)
    {
        switch (node)
        {
            case JsonObject bag:
                var named = new JsonObject();
                foreach (var (name, value) in bag)
                {
                    named[change(name)] = value is null ? null : Rebuilt(value);
                }
                return named;
            case JsonArray list:
                return new JsonArray([.. list.Select(value => value is null ? null : Rebuilt(value))]);
            default:
                return node.AsValue().TryGetValue(out string? text) ? JsonValue.Create(change(text)) : node.DeepClone();
        }
    }
}
