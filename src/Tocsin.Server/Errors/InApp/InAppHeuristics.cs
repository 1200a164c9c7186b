namespace Tocsin.Server.Errors.InApp;

/// <summary>
/// A first guess for frames whose client did not say whether they are the user's code (old clients, crash dumps). What is neither a known
/// library place nor a runtime's is the user's; rules correct the guess.
/// </summary>
static class InAppHeuristics
{
    public static bool Guess(FrameFacts frame, string? platform) =>
        platform switch
        {
            "javascript" or "node" => !IsForeignScript(frame),
            "python" => !PathHas(frame, "/site-packages/", "/dist-packages/", "/lib/python", "/<frozen "),
            "ruby" => !PathHas(frame, "/gems/", "/lib/ruby/", "/bundle/", "/.rbenv/", "/.rvm/"),
            "php" => !PathHas(frame, "/vendor/", "/[internal]"),
            "go" => !PathHas(frame, "/usr/local/go/", "/pkg/mod/", "/vendor/") && frame.Module is not ("runtime" or "testing"),
            "perl" => !PathHas(frame, "/usr/share/perl", "/perl5/"),
            "native" or "c" or "objc" or "cocoa" or "swift" or "rust" => !IsSystemImage(frame.Package),
            _ => true,
        };

    static bool IsForeignScript(FrameFacts frame) =>
        PathHas(frame, "/node_modules/", "/[native code]", "/<anonymous>", "/node:", "/native ")
        || (frame.Path is { } path && path.LastIndexOf('/') == 0 && frame.Module is null && IsNodeInternal(path));

    // Old node versions name their own files without a directory: "module.js", "events.js".
    static bool IsNodeInternal(string path) =>
        path
            is "/module.js"
                or "/events.js"
                or "/timers.js"
                or "/net.js"
                or "/_http_server.js"
                or "/vm.js"
                or "/domain.js"
                or "/native";

    static bool IsSystemImage(string? package) =>
        package is null
        || package.StartsWith("/usr/lib", StringComparison.Ordinal)
        || package.StartsWith("/lib", StringComparison.Ordinal)
        || package.StartsWith("/system/", StringComparison.Ordinal)
        || package.StartsWith("/apex/", StringComparison.Ordinal)
        || package.Contains(":/windows/", StringComparison.Ordinal);

    static bool PathHas(FrameFacts frame, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            if (frame.Path?.Contains(part, StringComparison.Ordinal) == true)
            {
                return true;
            }
        }
        return false;
    }
}
