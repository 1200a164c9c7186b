using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.InApp;

namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>Groups by the message's template, else by its text with the variable parts replaced.</summary>
static class MessageStrategy
{
    public static StrategyResult? Find(ErrorEvent e, StackRules rules, StackLooks looks)
    {
        var sent = e.LogEntry?.Message is { Length: > 0 } template ? template : e.LogEntry?.Formatted;
        if (string.IsNullOrWhiteSpace(sent))
        {
            return null;
        }
        var text = FirstLines(sent);
        var message = Parameterisation.Apply(text);
        return new(null, null, Component.Leaf("message", message, message == sent ? null : "variable parts replaced"));
    }

    /// <summary>The first two lines that hold anything.</summary>
    static string FirstLines(string message)
    {
        var kept = new List<string>(2);
        foreach (var line in message.AsSpan().EnumerateLines())
        {
            var trimmed = line.Trim();
            if (trimmed.IsEmpty)
            {
                continue;
            }
            if (kept.Count == 2)
            {
                return string.Join('\n', kept) + "...";
            }
            kept.Add(trimmed.ToString());
        }
        return string.Join('\n', kept);
    }
}
