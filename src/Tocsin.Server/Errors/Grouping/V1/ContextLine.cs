using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>The source line, where the language has no reliable function names. Moving a line must not make a new issue; editing it does.</summary>
static class ContextLine
{
    const int Longest = 120;

    public static Component? Of(Frame frame, string platform)
    {
        if (platform is not ("javascript" or "node" or "python" or "php" or "ruby") || frame.ContextLine is not { } raw)
        {
            return null;
        }
        var line = string.Join(' ', raw.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length == 0)
        {
            return null;
        }
        if (line.Length > Longest)
        {
            return Component.Ignored("context-line", line[..Longest], "too long, probably minified");
        }
        var fromAddress = platform == "javascript" && FrameFilename.IsUrl(frame.AbsPath ?? frame.Filename);
        return fromAddress && string.IsNullOrEmpty(frame.Function)
            ? Component.Ignored("context-line", line, "an address without a function")
            : Component.Leaf("context-line", line);
    }
}
