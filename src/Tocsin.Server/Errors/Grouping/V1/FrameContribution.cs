using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>What one frame says for grouping: its module or else its file, its source line in script languages, its function.</summary>
static class FrameContribution
{
    public static Component Of(Frame frame, string platform)
    {
        var isScript = platform is "javascript" or "node";
        var module = FrameModule.Of(frame, platform);
        var filename = FrameFilename.Of(frame);
        var line = ContextLine.Of(frame, platform);
        var function = FrameFunction.Of(frame, platform);
        if (isScript && line?.Contributes == true && function?.Contributes == true && HasSourceMap(frame))
        {
            function = function.Without("the source line of the source map says more");
        }
        if (module?.Contributes == true && filename?.Contributes == true)
        {
            filename = filename.Without("the module takes precedence");
        }
        Component?[] children = [module, filename, line, function];
        var component = Component.Branch("frame", [.. children.OfType<Component>()]);
        return isScript && IsEvalOrNative(frame) ? component.Without("code without a place of its own") : component;
    }

    /// <summary>A stack of one script frame from a URL without a function holds nothing but the page's address.</summary>
    public static bool IsLoneScript(Frame frame, string platform) =>
        platform is "javascript" && frame.Function is null or "" && FrameFilename.IsUrl(frame.AbsPath ?? frame.Filename);

    static bool HasSourceMap(Frame frame) => frame.Data?.ContainsKey("sourcemap") == true;

    static bool IsEvalOrNative(Frame frame) =>
        frame.Function is "eval" || frame.AbsPath is "native" or "[native code]" || frame.Filename is "native" or "[native code]";
}
