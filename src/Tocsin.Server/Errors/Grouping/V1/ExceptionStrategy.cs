using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.InApp;

namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>Groups by the chain of exceptions: stack and type; the message only where no stack says where it happened.</summary>
static class ExceptionStrategy
{
    static readonly string[] NativeErrorKeys = ["domain", "code"];

    public static StrategyResult? Find(ErrorEvent e, StackRules rules, StackLooks looks)
    {
        if (e.Exceptions.Count == 0)
        {
            return null;
        }
        var chosen = ExceptionGroups.Choose(e.Exceptions, exception => Both(exception, e.Platform, rules, looks));
        return new(Chain(chosen.Parts.Select(part => part.App)), Chain(chosen.Parts.Select(part => part.System)), null)
        {
            MainException = chosen.Main,
        };
    }

    static Component Chain(IEnumerable<Component> parts)
    {
        Component[] all = [.. parts];
        return all.Length == 1 ? all[0] : Component.Branch("chained-exception", all);
    }

    static ExceptionParts Both(ExceptionValue exception, string? platform, StackRules rules, StackLooks looks)
    {
        var (app, system) = StackTraceStrategy.Of(exception.StackTrace, platform, exception, rules, looks);
        return new(Of(exception, app), Of(exception, system));
    }

    static Component Of(ExceptionValue exception, Component stack)
    {
        var nativeError = NativeError(exception.Mechanism?.Meta?["ns_error"] as JsonObject);
        var stronger =
            stack.Contributes ? "the stack takes precedence"
            : nativeError?.Contributes == true ? "ns-error takes precedence"
            : null;
        Component?[] children = [stack, TypeOf(exception), nativeError, ValueOf(exception, stronger)];
        return Component.Branch("exception", [.. children.OfType<Component>()]);
    }

    static Component? TypeOf(ExceptionValue exception) =>
        exception.Type is not { Length: > 0 } type ? null
        : exception.Mechanism?.Synthetic == true ? Component.Ignored("type", type, "the exception is synthetic")
        : Component.Leaf("type", type);

    static Component? ValueOf(ExceptionValue exception, string? stronger)
    {
        if (exception.Value is not { Length: > 0 } value)
        {
            return null;
        }
        if (stronger is not null)
        {
            return Component.Ignored("value", value, stronger);
        }
        var parameterised = Parameterisation.Apply(value);
        return Component.Leaf("value", parameterised, parameterised == value ? null : "variable parts replaced");
    }

    static Component? NativeError(JsonObject? error) =>
        error is null
            ? null
            : Component.Branch(
                "ns-error",
                [
                    .. NativeErrorKeys
                        .Where(key => error[key] is JsonValue)
                        .Select(key => Component.Leaf(key, error[key]!.ToString())),
                ]
            );
}

/// <summary>One exception in both views.</summary>
sealed record ExceptionParts(Component App, Component System)
{
    public string Identity => GroupHash.Of(App.Contributes ? App.Leaves() : System.Leaves());
}
