using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Reading;

/// <summary>One frame of a stack.</summary>
static class FrameReader
{
    public static Frame? Read(ref JsonCursor cursor)
    {
        if (!cursor.OpenObject())
        {
            return null;
        }
        var draft = new Draft();
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "filename":
                    draft.Filename = cursor.Known();
                    break;
                case "abs_path":
                    draft.AbsPath = cursor.Known();
                    break;
                case "module":
                    draft.Module = cursor.Known();
                    break;
                case "function":
                    draft.Function = cursor.Known();
                    break;
                case "raw_function":
                    draft.RawFunction = cursor.Known();
                    break;
                case "symbol":
                    draft.Symbol = cursor.Known();
                    break;
                case "package":
                    draft.Package = cursor.Known();
                    break;
                case "platform":
                    draft.Platform = cursor.Known();
                    break;
                case "lineno":
                    draft.Line = cursor.Integer();
                    break;
                case "colno":
                    draft.Column = cursor.Integer();
                    break;
                case "in_app":
                    draft.InApp = cursor.Flag();
                    break;
                case "context_line":
                    draft.ContextLine = cursor.Known();
                    break;
                case "pre_context":
                    draft.PreContext = ReadLines(ref cursor);
                    break;
                case "post_context":
                    draft.PostContext = ReadLines(ref cursor);
                    break;
                case "vars":
                    draft.Vars = cursor.RawObject();
                    break;
                case "image_addr":
                    draft.ImageAddr = ReadAddress(ref cursor);
                    break;
                case "instruction_addr":
                    draft.InstructionAddr = ReadAddress(ref cursor);
                    break;
                case "symbol_addr":
                    draft.SymbolAddr = ReadAddress(ref cursor);
                    break;
                case "addr_mode":
                    draft.AddrMode = cursor.Known();
                    break;
                case "function_id":
                    draft.FunctionId = ReadAddress(ref cursor);
                    break;
                case "trust":
                    draft.Trust = cursor.Known();
                    break;
                case "source_link":
                    draft.SourceLink = cursor.Text();
                    break;
                case "debug_id":
                    draft.DebugId = cursor.Text();
                    break;
                case "stack_start":
                    draft.StackStart = cursor.Flag();
                    break;
                case "parent_index":
                    draft.ParentIndex = cursor.Integer();
                    break;
                case "sample_count":
                    draft.SampleCount = cursor.Integer();
                    break;
                case "lock":
                    draft.Lock = cursor.Object();
                    break;
                case "data":
                    draft.Data = cursor.Object();
                    break;
                default:
                    cursor.Skip();
                    break;
            }
        }
        return draft.ToFrame();
    }

    /// <summary>A number is the same address as its hexadecimal text; it may need all 64 bits.</summary>
    static string? ReadAddress(ref JsonCursor cursor) =>
        cursor.Token == JsonTokenType.Number
        && ulong.TryParse(cursor.PeekText(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? "0x" + number.ToString("x", CultureInfo.InvariantCulture)
            : cursor.Text();

    /// <summary>Every element is one line of source, so null is an empty one.</summary>
    static IReadOnlyList<string> ReadLines(ref JsonCursor cursor)
    {
        if (cursor.Token != JsonTokenType.StartArray)
        {
            return ElementList.ReadTexts(ref cursor);
        }
        var lines = new List<string>(5);
        cursor.Open();
        while (cursor.NextElement())
        {
            lines.Add(cursor.Text() ?? "");
        }
        return lines.Count > 0 ? lines : [];
    }

    /// <summary>A frame while it is read: a record would be copied for each of its properties, and most of an event are frames.</summary>
    ref struct Draft
    {
        public string? Filename;
        public string? AbsPath;
        public string? Module;
        public string? Function;
        public string? RawFunction;
        public string? Symbol;
        public string? Package;
        public string? Platform;
        public long? Line;
        public long? Column;
        public bool? InApp;
        public string? ContextLine;
        public IReadOnlyList<string>? PreContext;
        public IReadOnlyList<string>? PostContext;
        public RawBag? Vars;
        public string? ImageAddr;
        public string? InstructionAddr;
        public string? SymbolAddr;
        public string? AddrMode;
        public string? FunctionId;
        public string? Trust;
        public string? SourceLink;
        public string? DebugId;
        public bool? StackStart;
        public long? ParentIndex;
        public long? SampleCount;
        public JsonObject? Lock;
        public JsonObject? Data;

        public readonly Frame ToFrame() =>
            new()
            {
                Filename = Filename,
                AbsPath = AbsPath,
                Module = Module,
                Function = Function,
                RawFunction = RawFunction,
                Symbol = Symbol,
                Package = Package,
                Platform = Platform,
                Line = Line,
                Column = Column,
                InApp = InApp,
                ContextLine = ContextLine,
                PreContext = PreContext ?? [],
                PostContext = PostContext ?? [],
                Vars = Vars,
                ImageAddr = ImageAddr,
                InstructionAddr = InstructionAddr,
                SymbolAddr = SymbolAddr,
                AddrMode = AddrMode,
                FunctionId = FunctionId,
                Trust = Trust,
                SourceLink = SourceLink,
                DebugId = DebugId,
                StackStart = StackStart,
                ParentIndex = ParentIndex,
                SampleCount = SampleCount,
                Lock = Lock,
                Data = Data,
            };
    }
}
