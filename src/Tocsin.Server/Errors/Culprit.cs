using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors;

/// <summary>Where it happened, in one line: the route or task, else the code, else the address.</summary>
static class Culprit
{
    const int Longest = 200;

    public static string Of(ErrorEvent e, int? mainException) => Cut.To(Find(e, mainException), Longest);

    static string Find(ErrorEvent e, int? mainException)
    {
        if (e.Transaction is { Length: > 0 } transaction)
        {
            return transaction;
        }
        if (e.Culprit is { Length: > 0 } stated)
        {
            return stated;
        }
        // The stack of a made-up exception only shows where the client made it up.
        if (EventFrames.MainException(e, mainException)?.Mechanism?.Synthetic == true)
        {
            return "";
        }
        return EventFrames.CrashFrame(e, mainException) is { } frame
            ? OfFrame(frame, frame.Platform ?? e.Platform)
            : e.Request?.Url ?? "";
    }

    /// <summary>Of an absolute path the file alone; a relative one or an address is how people know the file.</summary>
    static string? FileOf(string? filename)
    {
        var isAbsolute =
            filename is ['/', ..] or [_, ':', '\\' or '/', ..] && !filename.Contains("://", StringComparison.Ordinal);
        return isAbsolute ? filename![(filename.AsSpan().LastIndexOfAny('/', '\\') + 1)..] : filename;
    }

    static string OfFrame(Frame frame, string? platform)
    {
        var place = frame.Module is { Length: > 0 } module ? module : FileOf(frame.Filename);
        var function = frame.Function is { Length: > 0 } name ? name : null;
        if (function is null && string.IsNullOrEmpty(place))
        {
            return "";
        }
        return platform switch
        {
            "javascript" or "node" => $"{function ?? "?"}({(string.IsNullOrEmpty(place) ? "?" : place)})",
            "native" or "cocoa" or "objc" or "swift" or "c" or "rust" => function ?? "?",
            _ => $"{(string.IsNullOrEmpty(place) ? "?" : place)} in {function ?? "?"}",
        };
    }
}
