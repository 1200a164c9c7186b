using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Tocsin.Server.Errors.Shapes;

static class StackTraceMapping
{
    public static StackTraceShape Stack(StackTrace stack) =>
        new()
        {
            Frames = [.. stack.Frames.Select(Frame)],
            FramesOmitted = stack.FramesOmitted,
            Registers = stack.Registers?.DeepClone().AsObject(),
            HasSystemFrames = stack.Frames.Any(frame => frame.InApp != true) && stack.Frames.Any(frame => frame.InApp == true),
        };

    static FrameShape Frame(Frame frame) =>
        new()
        {
            Filename = frame.Filename,
            AbsPath = frame.AbsPath,
            Module = frame.Module,
            Package = frame.Package,
            Platform = frame.Platform,
            Function = frame.Function,
            RawFunction = frame.RawFunction,
            Symbol = frame.Symbol,
            InstructionAddr = frame.InstructionAddr,
            SymbolAddr = frame.SymbolAddr,
            Trust = frame.Trust,
            LineNo = frame.Line,
            ColNo = frame.Column,
            InApp = frame.InApp == true,
            Context = Lines(frame),
            Vars = frame.Vars?.ToObject(),
            Lock = frame.Lock?.DeepClone().AsObject(),
            SourceLink = frame.SourceLink,
        };

    /// <summary>The lines before, at and after the frame's own, numbered from it; without a line number there is nothing to number.</summary>
    static List<JsonArray> Lines(Frame frame)
    {
        if (frame.Line is not { } line || frame.ContextLine is not { } text)
        {
            return [];
        }
        var lines = new List<JsonArray>();
        for (var i = 0; i < frame.PreContext.Count; i++)
        {
            lines.Add([line - frame.PreContext.Count + i, frame.PreContext[i]]);
        }
        lines.Add([line, text]);
        for (var i = 0; i < frame.PostContext.Count; i++)
        {
            lines.Add([line + 1 + i, frame.PostContext[i]]);
        }
        return lines;
    }
}
