using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Grouping.V1;

static class FrameFilename
{
    public static Component? Of(Frame frame)
    {
        if (frame.Filename is not { Length: > 0 } filename)
        {
            return null;
        }
        if (IsUrl(frame.AbsPath ?? filename))
        {
            return Component.Ignored("filename", filename, "an address changes with each deployment");
        }
        if (filename is "<anonymous>" or "[native code]" or "native")
        {
            return Component.Ignored("filename", filename, "no file");
        }
        var basename = filename[(filename.AsSpan().LastIndexOfAny('/', '\\') + 1)..].ToLowerInvariant();
        return basename.Length == 0 ? null : Component.Leaf("filename", JavaNames.WithoutNumbers(basename));
    }

    public static bool IsUrl(string? path) =>
        path is not null
        && (
            path.StartsWith("http:", StringComparison.Ordinal)
            || path.StartsWith("https:", StringComparison.Ordinal)
            || path.StartsWith("blob:", StringComparison.Ordinal)
            || path.StartsWith("file:", StringComparison.Ordinal)
            || path.StartsWith("applewebdata:", StringComparison.Ordinal)
        );
}
