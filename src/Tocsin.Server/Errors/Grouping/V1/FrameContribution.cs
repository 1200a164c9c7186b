using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>What one frame says for grouping: its module or else its file, its source line in script languages, its function.</summary>
readonly record struct FrameContribution(
    FramePart Module,
    FramePart Filename,
    FramePart Line,
    FramePart Function,
    bool IsPlaceless
)
{
    /// <summary>Whether anything of it could count; the frame itself may still be left out.</summary>
    public bool Says => Module.Counts || Filename.Counts || Line.Counts || Function.Counts;

    public SeenFrame Seen(int index) =>
        IsPlaceless ? new(index, false, "code without a place of its own") : new(index, Says, null);

    public static FrameContribution Of(Frame frame, string platform)
    {
        var isScript = platform is "javascript" or "node";
        var module = FrameModule.Of(frame, platform);
        var filename = FrameFilename.Of(frame);
        var line = ContextLine.Of(frame, platform);
        var function = FrameFunction.Of(frame, platform);
        if (isScript && line.Counts && function.Counts && HasSourceMap(frame))
        {
            function = function.Without("the source line of the source map says more");
        }
        if (module.Counts && filename.Counts)
        {
            filename = filename.Without("the module takes precedence");
        }
        return new(module, filename, line, function, isScript && IsEvalOrNative(frame));
    }

    /// <summary>A stack of one script frame from a URL without a function holds nothing but the page's address.</summary>
    public static bool IsLoneScript(Frame frame, string platform) =>
        platform is "javascript" && frame.Function is null or "" && FrameFilename.IsUrl(frame.AbsPath ?? frame.Filename);

    public void CollectLeaves(List<string> leaves)
    {
        Collect(Module, leaves);
        Collect(Filename, leaves);
        Collect(Line, leaves);
        Collect(Function, leaves);
    }

    /// <summary>The same as a part of the explanation, as a view sees it.</summary>
    public Component ToComponent(SeenFrame seen)
    {
        var children = new List<Component>(4);
        Add("module", Module, children);
        Add("filename", Filename, children);
        Add("context-line", Line, children);
        Add("function", Function, children);
        return new("frame", seen.Counts, seen.Hint) { Children = children };
    }

    static void Collect(FramePart part, List<string> leaves)
    {
        if (part.Counts)
        {
            leaves.Add(part.Value!);
        }
    }

    static void Add(string name, FramePart part, List<Component> children)
    {
        if (part.Value is { } value)
        {
            children.Add(new(name, part.Counts, part.Hint) { Values = [value] });
        }
    }

    static bool HasSourceMap(Frame frame) => frame.Data?.ContainsKey("sourcemap") == true;

    static bool IsEvalOrNative(Frame frame) =>
        frame.Function is "eval" || frame.AbsPath is "native" or "[native code]" || frame.Filename is "native" or "[native code]";
}
