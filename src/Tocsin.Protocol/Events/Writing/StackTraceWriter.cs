using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Writing;

static class StackTraceWriter
{
    public static void Write(Utf8JsonWriter writer, StackTrace stack)
    {
        writer.WriteStartObject();
        writer.OptionalList("frames", stack.Frames, WriteFrame);
        writer.Optional("registers", stack.Registers);
        writer.Optional("lang", stack.Lang);
        writer.Optional("snapshot", stack.Snapshot);
        writer.OptionalList("frames_omitted", stack.FramesOmitted, static (w, index) => w.WriteNumberValue(index));
        writer.WriteEndObject();
    }

    static void WriteFrame(Utf8JsonWriter writer, Frame frame)
    {
        writer.WriteStartObject();
        writer.Optional("filename", frame.Filename);
        writer.Optional("abs_path", frame.AbsPath);
        writer.Optional("module", frame.Module);
        writer.Optional("function", frame.Function);
        writer.Optional("raw_function", frame.RawFunction);
        writer.Optional("symbol", frame.Symbol);
        writer.Optional("package", frame.Package);
        writer.Optional("platform", frame.Platform);
        writer.Optional("lineno", frame.Line);
        writer.Optional("colno", frame.Column);
        writer.Optional("in_app", frame.InApp);
        writer.OptionalList("pre_context", frame.PreContext, WriteLine);
        writer.Optional("context_line", frame.ContextLine);
        writer.OptionalList("post_context", frame.PostContext, WriteLine);
        writer.Optional("vars", frame.Vars);
        writer.Optional("image_addr", frame.ImageAddr);
        writer.Optional("instruction_addr", frame.InstructionAddr);
        writer.Optional("symbol_addr", frame.SymbolAddr);
        writer.Optional("addr_mode", frame.AddrMode);
        writer.Optional("function_id", frame.FunctionId);
        writer.Optional("trust", frame.Trust);
        writer.Optional("source_link", frame.SourceLink);
        writer.Optional("debug_id", frame.DebugId);
        writer.Optional("stack_start", frame.StackStart);
        writer.Optional("parent_index", frame.ParentIndex);
        writer.Optional("sample_count", frame.SampleCount);
        writer.Optional("lock", frame.Lock);
        writer.Optional("data", frame.Data);
        writer.WriteEndObject();
    }

    static void WriteLine(Utf8JsonWriter writer, string line) => writer.WriteStringValue(line);
}
