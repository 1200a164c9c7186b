using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Reading;

/// <summary>One value of <c>exception</c>. JavaScript throws anything, so its value may be any JSON.</summary>
static class ExceptionReader
{
    static readonly ExceptionValue Empty = new();

    public static ExceptionValue? Read(ref JsonCursor cursor)
    {
        if (!cursor.OpenObject())
        {
            return null;
        }
        var exception = Empty;
        while (cursor.NextProperty())
        {
            exception = cursor.Name switch
            {
                "type" => exception with { Type = cursor.Text() },
                "value" => exception with { Value = cursor.AnyText() },
                "module" => exception with { Module = cursor.Text() },
                "thread_id" => exception with { ThreadId = cursor.Text() },
                "stacktrace" => exception with { StackTrace = StackTraceReader.Read(ref cursor) },
                "raw_stacktrace" => exception with { RawStackTrace = StackTraceReader.Read(ref cursor) },
                "mechanism" => exception with { Mechanism = ReadMechanism(ref cursor) },
                _ => cursor.Skip(exception),
            };
        }
        return exception == Empty ? null : exception;
    }

    static Mechanism? ReadMechanism(ref JsonCursor cursor)
    {
        if (cursor.Token == JsonTokenType.String)
        {
            return new() { Type = cursor.Text()! };
        }
        if (!cursor.OpenObject())
        {
            return null;
        }
        var mechanism = new Mechanism();
        while (cursor.NextProperty())
        {
            mechanism = cursor.Name switch
            {
                "type" => mechanism with { Type = cursor.Text() ?? mechanism.Type },
                "description" => mechanism with { Description = cursor.Text() },
                "help_link" => mechanism with { HelpLink = cursor.Text() },
                "handled" => mechanism with { Handled = cursor.Flag() },
                "synthetic" => mechanism with { Synthetic = cursor.Flag() },
                "source" => mechanism with { Source = cursor.Text() },
                "exception_id" => mechanism with { ExceptionId = cursor.Integer() },
                "parent_id" => mechanism with { ParentId = cursor.Integer() },
                "is_exception_group" => mechanism with { IsExceptionGroup = cursor.Flag() },
                "data" => mechanism with { Data = cursor.Object() },
                "meta" => mechanism with { Meta = cursor.Object() },
                _ => cursor.Skip(mechanism),
            };
        }
        return mechanism;
    }
}
