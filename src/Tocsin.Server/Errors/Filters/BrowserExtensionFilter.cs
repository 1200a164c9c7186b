using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Filters;

/// <summary>Errors of extensions and of scripts that other programs put into pages. Known by what they say or where they are.</summary>
static class BrowserExtensionFilter
{
    static readonly string[] Values =
    [
        "top.GLOBALS",
        "originalCreateNotification",
        "canvas.contentDocument",
        "MyApp_RemoveAllHighlights",
        "http://tt.epicplay.com",
        "Can't find variable: ZiteReader",
        "jigsaw is not defined",
        "ComboSearch is not defined",
        "http://loading.retry.widdit.com/",
        "atomicFindClose",
        "fb_xd_fragment",
        "bmi_SafeAddOnload",
        "EBCallBackMessageReceived",
        "_gCrWeb",
        "conduitPage",
        "plugin.setSuspendState is not a function",
        "Extension context invalidated",
        "webkit-masked-url:",
        "can't access dead object",
        "ZiteReader",
        "null is not an object (evaluating 'elt.parentNode')",
    ];

    static readonly string[] Sources =
    [
        "chrome-extension:",
        "chrome://",
        "moz-extension://",
        "safari-extension://",
        "safari-web-extension://",
        "webkit-masked-url:",
        "graph.facebook.com",
        "connect.facebook.net",
        "eatdifferent.com.woopra-ns.com",
        "static.woopra.com/js/woopra.js",
        "127.0.0.1:4001/isrunning",
        "kaspersky-labs.com",
        "texthelp.com",
        "metrics.itunes.apple.com",
        "cacaoweb.org",
    ];

    public static bool Matches(FilterSubject subject)
    {
        if (subject.Event.Platform is not "javascript" || subject.Event.Exceptions.Count == 0)
        {
            return false;
        }
        var exception = subject.Event.Exceptions[0];
        return exception.Value is { } value && Values.Any(known => value.Contains(known, StringComparison.OrdinalIgnoreCase))
            || SourceOf(exception) is { } source
                && Sources.Any(known => source.Contains(known, StringComparison.OrdinalIgnoreCase));
    }

    static string? SourceOf(ExceptionValue exception)
    {
        for (var i = (exception.StackTrace?.Frames.Count ?? 0) - 1; i >= 0; i--)
        {
            var frame = exception.StackTrace!.Frames[i];
            if (frame.AbsPath is { Length: > 0 } path && path is not ("<anonymous>" or "[native code]"))
            {
                return path;
            }
        }
        return null;
    }
}
