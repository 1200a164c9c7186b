using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Reading;

/// <summary><c>stacktrace</c>: an object, or the bare list of frames. One without any frame is none.</summary>
static class StackTraceReader
{
    public static StackTrace? Read(ref JsonCursor cursor)
    {
        var stack = new StackTrace();
        if (cursor.Token == JsonTokenType.StartArray)
        {
            cursor.OpenAs("frames");
            stack = stack with { Frames = ElementList.Read(ref cursor, FrameReader.Read) };
            cursor.Close();
        }
        else if (cursor.OpenObject())
        {
            while (cursor.NextProperty())
            {
                stack = cursor.Name switch
                {
                    "frames" => stack with { Frames = ElementList.Read(ref cursor, FrameReader.Read) },
                    "registers" => stack with { Registers = cursor.Object() },
                    "lang" => stack with { Lang = cursor.Text() },
                    "snapshot" => stack with { Snapshot = cursor.Flag() },
                    "frames_omitted" => stack with { FramesOmitted = ReadOmitted(ref cursor) },
                    _ => cursor.Skip(stack),
                };
            }
        }
        return stack is { Frames.Count: 0, Registers: null } ? null : stack;
    }

    static List<long>? ReadOmitted(ref JsonCursor cursor)
    {
        if (cursor.Token != JsonTokenType.StartArray)
        {
            _ = cursor.Integer();
            return null;
        }
        var range = new List<long>(2);
        cursor.Open();
        while (cursor.NextElement())
        {
            if (cursor.Integer() is { } index)
            {
                range.Add(index);
            }
        }
        return range.Count > 0 ? range : null;
    }
}
