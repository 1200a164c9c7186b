using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors;

/// <summary>How urgent an issue is at first sight, from its first event.</summary>
static class IssuePriority
{
    public static string Of(string level, bool? handled) =>
        level switch
        {
            "fatal" => "high",
            "error" => handled == false ? "high" : "medium",
            "warning" => "medium",
            _ => "low",
        };

    /// <summary>False when any exception went uncaught, true when one was caught and none was not; null when no client said.</summary>
    public static bool? Handled(ErrorEvent e)
    {
        bool? handled = null;
        foreach (var exception in e.Exceptions)
        {
            if (exception.Mechanism?.Handled == false)
            {
                return false;
            }
            handled = exception.Mechanism?.Handled ?? handled;
        }
        return handled;
    }
}
