using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Normalise;

static class Frames
{
    public static Frame Apply(Frame frame, string stack, int index, NoteBook notes)
    {
        frame = WithoutNoPlace(frame);
        var filename = Names.NotEmpty(frame.Filename) ?? FilenameOf(frame.AbsPath);
        var path = Names.NotEmpty(frame.AbsPath) ?? filename;
        var vars =
            frame.Vars is { } bag && !BagLimits.Fits(bag, BagLimits.Variables)
                ? BagLimits.Apply(bag, BagLimits.Variables, $"{stack}.frames.{index}.vars", notes)
                : frame.Vars;
        var isShort =
            (filename?.Length ?? 0) <= 256
            && (path?.Length ?? 0) <= 2048
            && (frame.Module?.Length ?? 0) <= 256
            && (frame.Function?.Length ?? 0) <= 512;
        if (isShort)
        {
            return filename == frame.Filename && path == frame.AbsPath && ReferenceEquals(vars, frame.Vars)
                ? frame
                : frame with
                {
                    Filename = filename,
                    AbsPath = path,
                    Vars = vars,
                };
        }
        var here = $"{stack}.frames.{index}";
        return frame with
        {
            Filename = notes.Limit(filename, 256, here + ".filename", 40),
            AbsPath = notes.Limit(path, 2048, here + ".abs_path", 40),
            Module = notes.Limit(frame.Module, 256, here + ".module", 20),
            Function = notes.Limit(frame.Function, 512, here + ".function", 20),
            Vars = vars,
        };
    }

    /// <summary>Below zero are Java's ways to say that it knows no line.</summary>
    static Frame WithoutNoPlace(Frame frame) =>
        frame.Line is < 0 || frame.Column is < 0
            ? frame with
            {
                Line = frame.Line is < 0 ? null : frame.Line,
                Column = frame.Column is < 0 ? null : frame.Column,
            }
            : frame;

    /// <summary>Of an address the path, without what a cache or a page wanted of it; a path stands for itself.</summary>
    static string? FilenameOf(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return null;
        }
        var isAddress =
            path.StartsWith("http://", StringComparison.Ordinal) || path.StartsWith("https://", StringComparison.Ordinal);
        if (!isAddress)
        {
            return path;
        }
        var start = path.IndexOf('/', path.IndexOf("://", StringComparison.Ordinal) + 3);
        if (start < 0)
        {
            return path;
        }
        var end = path.AsSpan(start).IndexOfAny('?', '#');
        return end < 0 ? path[start..] : path.Substring(start, end);
    }
}
