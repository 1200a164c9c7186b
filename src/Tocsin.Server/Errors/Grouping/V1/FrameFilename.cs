using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Grouping.V1;

static class FrameFilename
{
    public static FramePart Of(Frame frame)
    {
        if (frame.Filename is not { Length: > 0 } filename)
        {
            return default;
        }
        if (IsUrl(frame.AbsPath ?? filename))
        {
            return FramePart.Ignored(filename, "an address changes with each deployment");
        }
        if (filename is "<anonymous>" or "[native code]" or "native")
        {
            return FramePart.Ignored(filename, "no file");
        }
        var basename = LowerCase.Of(filename[(filename.AsSpan().LastIndexOfAny('/', '\\') + 1)..]);
        return basename.Length == 0 ? default : FramePart.Counted(JavaNames.WithoutNumbers(basename));
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
