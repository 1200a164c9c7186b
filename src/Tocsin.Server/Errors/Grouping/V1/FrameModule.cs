using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Grouping.V1;

static class FrameModule
{
    public static FramePart Of(Frame frame, string platform)
    {
        if (frame.Module is not { Length: > 0 } module)
        {
            return default;
        }
        return platform switch
        {
            "javascript" when IsJustTheAddress(module, frame.AbsPath) => FramePart.Ignored(module, "repeats the address"),
            "java" or "groovy" when module.Contains("$$Lambda$", StringComparison.Ordinal) => FramePart.Ignored(
                module,
                "a lambda's generated name"
            ),
            "java" or "groovy" => FramePart.Counted(JavaNames.WithoutNumbers(module)),
            _ => FramePart.Counted(module),
        };
    }

    // Old browser clients made a module of the script's path: "static/js/main" for https://host/static/js/main.js.
    static bool IsJustTheAddress(string module, string? address)
    {
        if (address is null || !FrameFilename.IsUrl(address))
        {
            return false;
        }
        var path = address.AsSpan();
        var host = path.IndexOf("://", StringComparison.Ordinal);
        path = host < 0 ? path : path[(host + 3)..];
        var slash = path.IndexOf('/');
        path = slash < 0 ? path : path[(slash + 1)..];
        var end = path.IndexOfAny('?', '#');
        path = end < 0 ? path : path[..end];
        var dot = path.LastIndexOf('.');
        return path.SequenceEqual(module) || (dot > 0 && path[..dot].SequenceEqual(module));
    }
}
