using System.Globalization;
using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Reading;

/// <summary>One frame of a stack.</summary>
static class FrameReader
{
    static readonly Frame Empty = new();

    public static Frame? Read(ref JsonCursor cursor)
    {
        if (!cursor.OpenObject())
        {
            return null;
        }
        var frame = Empty;
        while (cursor.NextProperty())
        {
            frame = cursor.Name switch
            {
                "filename" => frame with { Filename = cursor.Text() },
                "abs_path" => frame with { AbsPath = cursor.Text() },
                "module" => frame with { Module = cursor.Text() },
                "function" => frame with { Function = cursor.Text() },
                "raw_function" => frame with { RawFunction = cursor.Text() },
                "symbol" => frame with { Symbol = cursor.Text() },
                "package" => frame with { Package = cursor.Text() },
                "platform" => frame with { Platform = cursor.Text() },
                "lineno" => frame with { Line = cursor.Integer() },
                "colno" => frame with { Column = cursor.Integer() },
                "in_app" => frame with { InApp = cursor.Flag() },
                "context_line" => frame with { ContextLine = cursor.Text() },
                "pre_context" => frame with { PreContext = ReadLines(ref cursor) },
                "post_context" => frame with { PostContext = ReadLines(ref cursor) },
                "vars" => frame with { Vars = cursor.Object() },
                "image_addr" => frame with { ImageAddr = ReadAddress(ref cursor) },
                "instruction_addr" => frame with { InstructionAddr = ReadAddress(ref cursor) },
                "symbol_addr" => frame with { SymbolAddr = ReadAddress(ref cursor) },
                "addr_mode" => frame with { AddrMode = cursor.Text() },
                "function_id" => frame with { FunctionId = ReadAddress(ref cursor) },
                "trust" => frame with { Trust = cursor.Text() },
                "source_link" => frame with { SourceLink = cursor.Text() },
                "debug_id" => frame with { DebugId = cursor.Text() },
                "stack_start" => frame with { StackStart = cursor.Flag() },
                "parent_index" => frame with { ParentIndex = cursor.Integer() },
                "sample_count" => frame with { SampleCount = cursor.Integer() },
                "lock" => frame with { Lock = cursor.Object() },
                "data" => frame with { Data = cursor.Object() },
                _ => cursor.Skip(frame),
            };
        }
        return frame;
    }

    /// <summary>A number is the same address as its hexadecimal text.</summary>
    static string? ReadAddress(ref JsonCursor cursor) =>
        cursor.Token == JsonTokenType.Number && cursor.Integer() is { } number
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
}
