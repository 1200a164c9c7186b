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
        writer.Optional(Names.Filename, frame.Filename);
        writer.Optional(Names.AbsPath, frame.AbsPath);
        writer.Optional(Names.Module, frame.Module);
        writer.Optional(Names.Function, frame.Function);
        writer.Optional(Names.RawFunction, frame.RawFunction);
        writer.Optional(Names.Symbol, frame.Symbol);
        writer.Optional(Names.Package, frame.Package);
        writer.Optional(Names.Platform, frame.Platform);
        writer.Optional(Names.Lineno, frame.Line);
        writer.Optional(Names.Colno, frame.Column);
        writer.Optional(Names.InApp, frame.InApp);
        writer.OptionalList(Names.PreContext, frame.PreContext, WriteLine);
        writer.Optional(Names.ContextLine, frame.ContextLine);
        writer.OptionalList(Names.PostContext, frame.PostContext, WriteLine);
        writer.Optional(Names.Vars, frame.Vars);
        writer.Optional(Names.ImageAddr, frame.ImageAddr);
        writer.Optional(Names.InstructionAddr, frame.InstructionAddr);
        writer.Optional(Names.SymbolAddr, frame.SymbolAddr);
        writer.Optional(Names.AddrMode, frame.AddrMode);
        writer.Optional(Names.FunctionId, frame.FunctionId);
        writer.Optional(Names.Trust, frame.Trust);
        writer.Optional(Names.SourceLink, frame.SourceLink);
        writer.Optional(Names.DebugId, frame.DebugId);
        writer.Optional(Names.StackStart, frame.StackStart);
        writer.Optional(Names.ParentIndex, frame.ParentIndex);
        writer.Optional(Names.SampleCount, frame.SampleCount);
        writer.Optional(Names.Lock, frame.Lock);
        writer.Optional(Names.Data, frame.Data);
        writer.WriteEndObject();
    }

    static void WriteLine(Utf8JsonWriter writer, string line) => writer.WriteStringValue(line);

    /// <summary>Escaped once: an event holds each of them for each of its frames.</summary>
    static class Names
    {
        public static readonly JsonEncodedText Filename = JsonEncodedText.Encode("filename");
        public static readonly JsonEncodedText AbsPath = JsonEncodedText.Encode("abs_path");
        public static readonly JsonEncodedText Module = JsonEncodedText.Encode("module");
        public static readonly JsonEncodedText Function = JsonEncodedText.Encode("function");
        public static readonly JsonEncodedText RawFunction = JsonEncodedText.Encode("raw_function");
        public static readonly JsonEncodedText Symbol = JsonEncodedText.Encode("symbol");
        public static readonly JsonEncodedText Package = JsonEncodedText.Encode("package");
        public static readonly JsonEncodedText Platform = JsonEncodedText.Encode("platform");
        public static readonly JsonEncodedText Lineno = JsonEncodedText.Encode("lineno");
        public static readonly JsonEncodedText Colno = JsonEncodedText.Encode("colno");
        public static readonly JsonEncodedText InApp = JsonEncodedText.Encode("in_app");
        public static readonly JsonEncodedText PreContext = JsonEncodedText.Encode("pre_context");
        public static readonly JsonEncodedText ContextLine = JsonEncodedText.Encode("context_line");
        public static readonly JsonEncodedText PostContext = JsonEncodedText.Encode("post_context");
        public static readonly JsonEncodedText Vars = JsonEncodedText.Encode("vars");
        public static readonly JsonEncodedText ImageAddr = JsonEncodedText.Encode("image_addr");
        public static readonly JsonEncodedText InstructionAddr = JsonEncodedText.Encode("instruction_addr");
        public static readonly JsonEncodedText SymbolAddr = JsonEncodedText.Encode("symbol_addr");
        public static readonly JsonEncodedText AddrMode = JsonEncodedText.Encode("addr_mode");
        public static readonly JsonEncodedText FunctionId = JsonEncodedText.Encode("function_id");
        public static readonly JsonEncodedText Trust = JsonEncodedText.Encode("trust");
        public static readonly JsonEncodedText SourceLink = JsonEncodedText.Encode("source_link");
        public static readonly JsonEncodedText DebugId = JsonEncodedText.Encode("debug_id");
        public static readonly JsonEncodedText StackStart = JsonEncodedText.Encode("stack_start");
        public static readonly JsonEncodedText ParentIndex = JsonEncodedText.Encode("parent_index");
        public static readonly JsonEncodedText SampleCount = JsonEncodedText.Encode("sample_count");
        public static readonly JsonEncodedText Lock = JsonEncodedText.Encode("lock");
        public static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");
    }
}
